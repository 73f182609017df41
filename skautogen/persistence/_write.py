"""An estimator as a list of nodes, and arrays.

A *value* is None, a bool, an int, a float or a str as JSON has them, or ``[n]``: what
node n stands for. A *node* is a list of its kind and what it is made of, and refers to
nodes before it only, so that one walk over the list makes them all. What is one object
here is one node, and one object again.

==============  =====================================================================
``list``        values
``tuple``       values
``set``         values
``dict``        values of the keys, values
``object``      number of the class's name, value of its attributes
``named``       number of the class's name, values of a named tuple
``function``    number of its name
``class``       number of its name
``dtype``       its string: a NumPy dtype
``type``        its name: a scalar type of NumPy's
``zone``        unit and time zone of a pandas dtype
``drawn``       a distribution of scipy's: its name, values of args and kwds
``random``      value of the state of a NumPy RandomState
``array``       part, offset, shape, whether in Fortran order
``sparse``      value of which numbers of an array are not 0, the array of these,
                shape, whether in Fortran order
``scalar``      part, offset
``objects``     shape, values of an array of objects
``masked``      values of data, mask and fill value
==============  =====================================================================

A *part* is the name of a dtype: all arrays of a dtype are laid into one, one behind
another, since hundreds of small files take longer to read than one.

An array that is mostly 0, such as what is learnt of the n-grams of a column, of which
most are in none of its values, is kept as the rest of its numbers, and a bit for each
that says whether it is one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np

from ._errors import NotSavableError
from ._trusted import find_class, find_function, name_of

_PLAIN = (bool, int, float, str)

# Shorter arrays are kept as they are, and so are those with fewer zeros.
_LEAST_SPARSE, _LEAST_ZERO = 1024, 0.5


class Writer:
    """Turns an estimator into nodes.

    Attributes
    ----------
    nodes : list of list
    names : list of str
        Of classes and functions.
    arrays : dict of str -> list of ndarray
        By dtype, each flat.
    """

    def __init__(self) -> None:
        self.nodes: list[list[Any]] = []
        self.names: list[str] = []
        self.arrays: dict[str, list[np.ndarray]] = {}
        self._numbers: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        # Of each object its node, None while it is being made; the object is kept, so
        # that no other gets its id.
        self._known: dict[int, tuple[int | None, Any]] = {}

    def value(self, thing: Any, where: str) -> Any:
        """Write something.

        Parameters
        ----------
        thing : object
        where : str
            What a message calls it.

        Returns
        -------
        value : object
            Of JSON.

        Raises
        ------
        NotSavableError
        """
        if thing is None or type(thing) in _PLAIN:
            return thing
        number, _ = self._known.get(id(thing), (-1, None))
        if number is None:
            raise NotSavableError(
                f"{where} refers to itself, and a saved file cannot. Use pickle."
            )
        if number < 0:
            self._known[id(thing)] = None, thing
            node = self._node(thing, where)
            number = len(self.nodes)
            self.nodes.append(node)
            self._known[id(thing)] = number, thing
        return [number]

    def _values(self, things: Iterable[Any], where: str) -> list[Any]:
        return [self.value(each, f"{where}[{i}]") for i, each in enumerate(things)]

    def _node(self, thing: Any, where: str) -> list[Any]:
        kind = type(thing)
        if kind in (list, tuple, set):
            return [kind.__name__, self._values(thing, where)]
        if kind is dict:
            return self._dict_node(thing, where)
        if kind is np.ndarray:
            return self._array_node(thing, where)
        if isinstance(thing, np.generic):
            part, offset = self._add(np.asarray(thing), where)
            return ["scalar", part, offset]
        if kind is np.ma.MaskedArray:
            content = (thing.data, np.ma.getmaskarray(thing), thing.fill_value)
            return ["masked", *self._values(content, where)]
        if kind is np.random.RandomState:
            return ["random", self.value(thing.get_state(legacy=False), where)]
        if isinstance(thing, np.dtype):
            return ["dtype", thing.str]
        return self._object_node(thing, where)

    def _dict_node(self, thing: dict[Any, Any], where: str) -> list[Any]:
        values = [self.value(each, f"{where}[{key!r}]") for key, each in thing.items()]
        return ["dict", self._values(thing, f"{where}: key "), values]

    def _array_node(self, array: np.ndarray, where: str) -> list[Any]:
        if array.dtype == object:
            values = self._values(array.ravel().tolist(), where)
            return ["objects", list(array.shape), values]
        # The order in memory decides about the last bit of a product.
        is_fortran = array.flags.f_contiguous and not array.flags.c_contiguous
        bits = _bits(array, "F" if is_fortran else "C")
        if bits is not None:
            is_other = bits != 0
            if is_other.mean() <= 1 - _LEAST_ZERO:
                parts = np.packbits(is_other), bits[is_other].view(array.dtype)
                values = self._values(parts, where)
                return ["sparse", *values, list(array.shape), is_fortran]
        part, offset = self._add(array, where)
        return ["array", part, offset, list(array.shape), is_fortran]

    def _add(self, array: np.ndarray, where: str) -> tuple[str, int]:
        if array.dtype.kind not in "biufcSUmM":
            raise NotSavableError(
                f"{where} is an array of dtype {array.dtype}, and a saved file holds "
                "numbers, strings and dates. Use pickle."
            )
        part, order = array.dtype.str, "F" if array.flags.f_contiguous else "C"
        offset = self._lengths.get(part, 0)
        self._lengths[part] = offset + array.size
        self.arrays.setdefault(part, []).append(array.ravel(order=order))  # type: ignore[arg-type]
        return part, offset

    def _object_node(self, thing: Any, where: str) -> list[Any]:
        special = _special_node(thing)
        if special is not None:
            return special
        if _is_distribution(thing):
            values = [self.value(each, where) for each in (thing.args, thing.kwds)]
            return ["drawn", thing.dist.name, *values]
        try:
            if isinstance(thing, type):
                find_class(name_of(thing))
                return ["class", self._name(name_of(thing))]
            if _has_a_name(thing):
                find_function(name_of(thing))
                return ["function", self._name(name_of(thing))]
            find_class(name_of(type(thing)))
        except LookupError:
            raise NotSavableError(_refusal(thing, where)) from None
        number = self._name(name_of(type(thing)))
        if isinstance(thing, tuple):
            return ["named", number, self._values(thing, where)]
        state = thing.__getstate__()
        if state is not None and not isinstance(state, dict):
            raise NotSavableError(_refusal(thing, where))
        attributes = {
            name: self.value(each, f"{where}.{name}" if where else name)
            for name, each in (state or {}).items()
        }
        return ["object", number, list(attributes), list(attributes.values())]

    def _name(self, name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]


def _bits(array: np.ndarray, order: Literal["F", "C"]) -> np.ndarray | None:
    """Numbers as their bits, flat, since -0.0 is not 0; None where it does not pay."""
    if array.size < _LEAST_SPARSE or array.dtype.kind not in "iuf":
        return None
    if array.itemsize not in (4, 8):
        return None
    flat = np.ascontiguousarray(array.ravel(order=order))
    return flat.view(np.dtype(f"u{array.itemsize}"))


def _has_a_name(thing: Any) -> bool:
    """Whether something is a function or the like, and no object with attributes."""
    return callable(thing) and hasattr(thing, "__qualname__")


def _special_node(thing: Any) -> list[Any] | None:
    """Types of NumPy's, and dtypes of pandas'."""
    import pandas as pd

    if isinstance(thing, type) and issubclass(thing, np.generic):
        return ["type", thing.__name__]
    if isinstance(thing, pd.DatetimeTZDtype):
        return ["zone", thing.unit, str(thing.tz)]
    return None


def _is_distribution(thing: Any) -> bool:
    from scipy import stats

    if not isinstance(thing, stats.distributions.rv_frozen):
        return False
    return type(getattr(stats, thing.dist.name, None)) is type(thing.dist)


def _refusal(thing: Any, where: str) -> str:
    named = thing if _has_a_name(thing) else type(thing)
    # A lambda, say, or a function of a script.
    name = f"{named.__module__}.{named.__qualname__}"
    is_own = named.__module__.partition(".")[0] not in ("sklearn", "numpy", "scipy")
    what = "the function" if named is thing else "of type"
    reason = (
        "is not of skautogen, scikit-learn or skrub: to load it would run its code"
        if is_own
        else "is compiled, or checks nothing of what it is given"
    )
    return (
        f"{where or 'The estimator'} is {what} {name}, which {reason}. A saved file "
        "holds no code. Keep this estimator with pickle or joblib; its network alone "
        "can be had from export."
    )
