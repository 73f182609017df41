"""Which classes and functions a file may name.

A name in a file is looked up only in the packages below, and what is found there must
be of the kinds below. Objects are made without their ``__init__`` and given their
attributes, so that loading runs nothing but the ``__setstate__`` of scikit-learn's
base class.
"""

from __future__ import annotations

import importlib
from functools import cache
from types import FunctionType
from typing import Any

# The bases of the classes that may be made of a package; None for any of its classes.
_BASES: dict[str, tuple[str, ...] | None] = {
    "skautogen": None,
    "sklearn": (
        "sklearn.base:BaseEstimator",
        "sklearn.metrics._scorer:_BaseScorer",
        "sklearn.model_selection._split:BaseCrossValidator",
        "sklearn.model_selection._split:BaseShuffleSplit",
        "sklearn.model_selection._split:_RepeatedSplits",
    ),
    "skrub": ("sklearn.base:BaseEstimator",),
    "scikeras": ("sklearn.base:BaseEstimator",),
    "scipy": ("scipy.sparse._base:_spbase",),
}

# Where functions may come from: metrics, scores of feature selection, and what adds the
# layers of a block to a network.
_FUNCTIONS = (
    "sklearn.metrics.",
    "sklearn.feature_selection.",
    "skautogen.architectures.",
)


def name_of(named: Any) -> str:
    """The name under which a class or function is found again.

    Parameters
    ----------
    named : class or function

    Returns
    -------
    name : str
        ``"module:name"``.
    """
    return f"{named.__module__}:{named.__qualname__}"


@cache
def find_class(name: str) -> type:
    """Find a class that a file may name.

    Parameters
    ----------
    name : str
        As of :func:`name_of`.

    Returns
    -------
    found : type

    Raises
    ------
    LookupError
        If it is not trusted, or not there.
    """
    package = name.partition(".")[0]
    if package not in _BASES:
        raise LookupError(name)
    found = _find(name)
    if not isinstance(found, type) or issubclass(found, BaseException):
        raise LookupError(name)
    bases = _BASES[package]
    if bases is not None and not issubclass(found, tuple(map(_find, bases))):
        raise LookupError(name)
    # What pickles in a way of its own, mostly compiled classes, checks nothing of what
    # it is given.
    if found.__reduce__ is not object.__reduce__:
        raise LookupError(name)
    return found


@cache
def find_function(name: str) -> FunctionType:
    """Find a function that a file may name.

    Parameters
    ----------
    name : str
        As of :func:`name_of`.

    Returns
    -------
    found : function

    Raises
    ------
    LookupError
        If it is not trusted, or not there.
    """
    if not name.startswith(_FUNCTIONS):
        raise LookupError(name)
    found = _find(name)
    if not isinstance(found, FunctionType):
        raise LookupError(name)
    return found


def _find(name: str) -> Any:
    module, _, own_name = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), own_name)
    except (ImportError, AttributeError) as error:
        raise LookupError(name) from error
    # A module also has what it imports from elsewhere.
    if getattr(found, "__module__", None) != module:
        raise LookupError(name)
    return found
