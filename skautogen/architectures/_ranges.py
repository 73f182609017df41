"""What a hyper-parameter is drawn from, written in plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.stats import loguniform, randint, uniform

# Whole numbers that stand for a range on a logarithmic scale, at most.
_MOST_WHOLE_NUMBERS = 32


def is_range(value: object) -> bool:
    """Whether this is a range or a choice, and not a value.

    Parameters
    ----------
    value : object

    Returns
    -------
    is_range : bool
    """
    return isinstance(value, Mapping) and bool({"low", "high", "choices"} & set(value))


def drawn_from(given: Mapping[str, Any]) -> Any:
    """Make of a range what scikit-learn's searches draw from.

    Parameters
    ----------
    given : mapping
        ``{"low": 16, "high": 256}``, both among the values, with ``"log": True`` where
        a factor matters and not a difference. Whole numbers, if both are written as
        such. Or ``{"choices": [...]}``.

    Returns
    -------
    values : list or distribution
        Whole numbers on a logarithmic scale are a list of up to 32, evenly spread.

    Examples
    --------
    >>> from skautogen.architectures._ranges import drawn_from
    >>> drawn_from({"low": 1, "high": 8, "log": True})
    [1, 2, 3, 4, 5, 6, 7, 8]
    >>> drawn_from({"choices": [[3, 3], "same"]})
    [(3, 3), 'same']
    """
    if "choices" in given:
        # Lists do not go into scikit-learn's tables of results.
        return [
            tuple(each) if isinstance(each, list) else each for each in given["choices"]
        ]
    low, high = given["low"], given["high"]
    are_whole = isinstance(low, int) and isinstance(high, int)
    if given.get("log"):
        if not are_whole:
            return loguniform(low, high)
        n_values = min(high - low + 1, _MOST_WHOLE_NUMBERS)
        # More places than values, since small numbers are rounded to the same.
        places = np.geomspace(low, high, 4 * n_values).round().astype(int)
        unique = np.unique(places)
        chosen = np.linspace(0, len(unique) - 1, min(n_values, len(unique))).round()
        return unique[chosen.astype(int)].tolist()
    return randint(low, high + 1) if are_whole else uniform(low, high - low)


def middle_of(given: Mapping[str, Any]) -> Any:
    """The value that stands for a range where nothing is searched.

    Parameters
    ----------
    given : mapping
        As :func:`drawn_from` takes it.

    Returns
    -------
    value : object
        The first choice, or the middle.
    """
    if "choices" in given:
        return drawn_from(given)[0]
    low, high = given["low"], given["high"]
    middle = math.sqrt(low * high) if given.get("log") else (low + high) / 2
    return round(middle) if isinstance(low, int) and isinstance(high, int) else middle
