"""The methods there are, by name. A new one is one file and one line here."""

from __future__ import annotations

from .._spelling import unknown_name
from ._method import Method
from .distillation import Distillation
from .pruning import Pruning
from .quantization import Quantization, pack_float16, pack_int4, pack_int8

METHODS: dict[str, Method] = {
    each.name: each
    for each in (
        Distillation(),
        Pruning(),
        Quantization("int4", pack_int4),
        Quantization("int8", pack_int8),
        Quantization("float16", pack_float16),
    )
}

AUTO = "distillation+int8"
# What is done where a method loses too much: networks stay as they are. The milder is
# after the coarser.
_MILDEST = ("int8", "float16")


def get_methods(name: str) -> list[Method]:
    """Find methods by name.

    Parameters
    ----------
    name : str
        One, several joined by ``+``, or ``"auto"``.

    Returns
    -------
    methods : list of Method
        To be applied one after another.

    Raises
    ------
    TypeError, ValueError
        If there is no such method; the message names those there are.

    Examples
    --------
    >>> from skautogen.compression import get_methods
    >>> [each.name for each in get_methods("pruning+int8")]
    ['pruning', 'int8']
    """
    if not isinstance(name, str):
        raise TypeError(
            "method must be a name, such as 'auto' or 'pruning+int8'; got "
            f"{name!r} of type {type(name).__name__}."
        )
    names = (AUTO if name == "auto" else name).split("+")
    for each in names:
        if each not in METHODS:
            raise ValueError(unknown_name("method", each, ["auto", *METHODS]))
    return [METHODS[each] for each in names]


def get_milder(name: str) -> list[Method]:
    """Find what is tried where what was asked for loses too much.

    Parameters
    ----------
    name : str
        As for :func:`get_methods`.

    Returns
    -------
    methods : list of Method
        To be tried one by one; each hardly changes an answer.
    """
    first = _MILDEST.index(name) + 1 if name in _MILDEST else 0
    return [METHODS[each] for each in _MILDEST[first:]]
