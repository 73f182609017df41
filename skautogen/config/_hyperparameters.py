"""Hyper-parameters of architectures whose values no network can be built with."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..architectures import Architecture
from ._problems import Path
from ._section import Between, Choices


@dataclass(frozen=True)
class _Accepted:
    """What a hyper-parameter may be.

    Attributes
    ----------
    what : str
        In words.
    holds : callable
        Whether a value is that.
    """

    what: str
    holds: Callable[[Any], bool]


def _is_whole(value: Any, least: int = 1) -> bool:
    return type(value) is int and value >= least


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _are_sizes(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(map(_is_whole, value))


_SHARE = _Accepted("a number from 0 to 1", lambda x: _is_number(x) and 0 <= x <= 1)
_AT_LEAST_0 = _Accepted("a whole number, 0 or more", lambda x: _is_whole(x, 0))

# By what the builder says of its keyword.
_BY_TYPE = {
    "bool": _Accepted("true or false", lambda x: type(x) is bool),
    "str": _Accepted("a name", lambda x: isinstance(x, str)),
    "int": _Accepted("a whole number above 0", _is_whole),
    "float": _SHARE,
    "Sequence[int]": _Accepted("a list of whole numbers above 0", _are_sizes),
    "int | Sequence[int]": _Accepted(
        "a whole number above 0 or a list of these",
        lambda x: _is_whole(x) or _are_sizes(x),
    ),
}
# Those of which a type does not say all.
_BY_NAME = {
    "dropout": _Accepted(
        "a number from 0 to below 1", lambda x: _is_number(x) and 0 <= x < 1
    ),
    "sigma": _Accepted("a number above 0", lambda x: _is_number(x) and x > 0),
    "n_frequencies": _AT_LEAST_0,
    "n_orientations": _AT_LEAST_0,
}


def find_faults(
    name: str, value: Any, architecture: Architecture
) -> Iterator[tuple[Path, str]]:
    """Find values of a hyper-parameter that an architecture cannot have.

    Parameters
    ----------
    name : str
    value : object
        As the file has it: a value, a range or choices.
    architecture : Architecture

    Yields
    ------
    path : tuple of str and int
        The way from the hyper-parameter to the value.
    message : str
    """
    parameter = inspect.signature(architecture.build).parameters.get(name)
    if parameter is None:
        return
    accepted = _BY_NAME.get(name) or _BY_TYPE.get(str(parameter.annotation))
    if accepted is None:
        return
    for path, each in _values_in(value):
        if not accepted.holds(each):
            yield (
                path,
                f"must be {accepted.what} for {architecture.name!r}; got {each!r}.",
            )


def _values_in(value: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Choices):
        for number, each in enumerate(value.choices):
            yield ("choices", number), each
    elif isinstance(value, Between):
        yield ("low",), value.low
        yield ("high",), value.high
    else:
        yield (), value
