"""The way back from nodes and arrays to an estimator; see :mod:`._write`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ._trusted import find_class, find_function


class Reader:
    """Makes objects of nodes.

    Parameters
    ----------
    names : list of str
    arrays : mapping of str -> ndarray
        By dtype, flat.
    """

    def __init__(self, names: list[str], arrays: Mapping[str, np.ndarray]) -> None:
        self._names = names
        self._arrays = arrays
        self._made: list[Any] = []

    def read(self, nodes: list[list[Any]]) -> Any:
        """Make all, and return the last.

        Parameters
        ----------
        nodes : list of list

        Returns
        -------
        thing : object

        Raises
        ------
        LookupError
            If a name is not trusted.
        """
        makers: dict[str, Callable[..., Any]] = {
            "list": self._values,
            "tuple": lambda values: tuple(self._values(values)),
            "set": lambda values: set(self._values(values)),
            "dict": self._dict,
            "object": self._object,
            "named": self._named,
            "function": lambda number: find_function(self._names[number]),
            "class": lambda number: find_class(self._names[number]),
            "dtype": np.dtype,
            "type": _scalar_type,
            "zone": _zone,
            "drawn": self._drawn,
            "random": self._random,
            "array": self._array,
            "sparse": self._sparse,
            "scalar": lambda part, offset: self._arrays[part][offset],
            "objects": self._objects,
            "masked": self._masked,
        }
        for kind, *content in nodes:
            self._made.append(makers[kind](*content))
        return self._made[-1]

    def _value(self, value: Any) -> Any:
        return self._made[value[0]] if type(value) is list else value

    def _values(self, values: list[Any]) -> list[Any]:
        made = self._made
        return [made[each[0]] if type(each) is list else each for each in values]

    def _dict(self, keys: list[Any], values: list[Any]) -> dict[Any, Any]:
        return dict(zip(self._values(keys), self._values(values), strict=True))

    def _object(self, number: int, names: list[str], values: list[Any]) -> Any:
        found = find_class(self._names[number])
        thing: Any = object.__new__(found)
        state = dict(zip(names, self._values(values), strict=True))
        if hasattr(found, "__setstate__"):
            thing.__setstate__(state)
        else:
            thing.__dict__.update(state)
        return thing

    def _named(self, number: int, values: list[Any]) -> Any:
        return tuple.__new__(find_class(self._names[number]), self._values(values))

    def _drawn(self, name: str, args: Any, kwds: Any) -> Any:
        from scipy import stats

        distribution = getattr(stats, name)
        if not isinstance(distribution, (stats.rv_continuous, stats.rv_discrete)):
            raise LookupError(f"scipy.stats:{name}")
        return distribution(*self._value(args), **self._value(kwds))

    def _random(self, state: Any) -> np.random.RandomState:
        random_state = np.random.RandomState()
        random_state.set_state(self._value(state))
        return random_state

    def _array(
        self, part: str, offset: int, shape: list[int], is_fortran: bool
    ) -> np.ndarray:
        flat = self._arrays[part][offset : offset + math.prod(shape)]
        # A copy of its own: aligned as any array, and without the rest of the part.
        return flat.copy().reshape(shape, order="F" if is_fortran else "C")

    def _sparse(
        self, mask: Any, values: Any, shape: list[int], is_fortran: bool
    ) -> np.ndarray:
        mask, values, size = self._value(mask), self._value(values), math.prod(shape)
        if len(mask) != -(-size // 8):
            raise ValueError(f"{len(mask)} bytes say which of {size} numbers are not 0")
        if values.dtype.kind not in "iuf" or values.dtype.itemsize not in (4, 8):
            raise ValueError(f"numbers of a sparse array are no {values.dtype}")
        is_other = np.unpackbits(mask, count=size).view(bool)
        if values.shape != (np.count_nonzero(is_other),):
            raise ValueError(f"{values.shape} numbers do not fit the bits of them")
        flat = np.zeros(size, values.dtype)
        flat[is_other] = values
        return flat.reshape(shape, order="F" if is_fortran else "C")

    def _objects(self, shape: list[int], values: list[Any]) -> np.ndarray:
        array = np.empty(len(values), dtype=object)
        array[:] = self._values(values)
        return array.reshape(shape)

    def _masked(self, data: Any, mask: Any, fill: Any) -> Any:
        return np.ma.MaskedArray(
            self._value(data), self._value(mask), fill_value=self._value(fill)
        )


def _scalar_type(name: str) -> type:
    found = getattr(np, name)
    if not (isinstance(found, type) and issubclass(found, np.generic)):
        raise LookupError(f"numpy:{name}")
    return found


def _zone(unit: str, zone: str) -> Any:
    import pandas as pd

    return pd.DatetimeTZDtype(unit, zone)
