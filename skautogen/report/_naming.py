"""What things are called in pictures and on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

# Control characters and the like, which neither XML nor a page may hold.
_NOT_PRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def is_number(value: Any) -> bool:
    """Whether a value is a number, and no truth value."""
    numbers = (int, float, np.integer, np.floating)
    return isinstance(value, numbers) and not isinstance(value, bool)


def printable(text: object) -> str:
    """A text that can be written in UTF-8, in HTML and in XML.

    Examples
    --------
    >>> from skautogen.report._naming import printable
    >>> printable("a\\ud800b"), printable("a\\x00b") == "a\\ufffdb"
    ('a?b', True)
    """
    # Lone halves of characters, as broken file names have, cannot be written in UTF-8.
    whole = str(text).encode("utf-8", "replace").decode("utf-8")
    return _NOT_PRINTED.sub("\N{REPLACEMENT CHARACTER}", whole)


def name_of(value: Any) -> str:
    """A value of a hyper-parameter in words.

    Parameters
    ----------
    value : object

    Returns
    -------
    name : str
        Of a function its name, of everything else what ``str`` says; of a float ten
        digits, which tell it from all others that are worth a training.
    """
    if isinstance(value, (float, np.floating)):
        # By way of its own text: 0.1 in single precision is 0.1000000015 in double.
        return f"{float(str(value)):.10g}"
    if callable(value) and hasattr(value, "__name__"):
        return str(value.__name__)
    return str(value)


def rounded_name_of(value: Any) -> str:
    """The same with few digits."""
    is_float = isinstance(value, (float, np.floating))
    return f"{value:.4g}" if is_float else name_of(value)


def distinct_names(values: Sequence[Any]) -> list[str]:
    """Names of values that all differ, as short as tells them apart.

    Parameters
    ----------
    values : sequence of object

    Returns
    -------
    names : list of str
        No two alike; those that nothing tells apart, such as two lambdas, are numbered.

    Examples
    --------
    >>> from skautogen.report._naming import distinct_names
    >>> distinct_names([0.123456, 0.2]), distinct_names([0.99991, 0.99994])
    (['0.1235', '0.2'], ['0.99991', '0.99994'])
    >>> distinct_names([lambda x: x, lambda x: -x])
    ['<lambda> (1)', '<lambda> (2)']
    """
    names = []
    for say in (rounded_name_of, name_of):
        names = [say(each) for each in values]
        if len(set(names)) == len(names):
            return names
    times, seen = Counter(names), Counter[str]()
    numbered = []
    for name in names:
        seen[name] += 1
        numbered.append(f"{name} ({seen[name]})" if times[name] > 1 else name)
    return numbered


def name_of_metric(estimator: Any) -> str:
    """What the metric is called that chose the best candidate.

    Parameters
    ----------
    estimator : BaseAutoGen
        Fitted.

    Returns
    -------
    name : str
    """
    name = estimator._refit_metric()
    if name != "score":
        return str(name)
    scoring = estimator.search_.scoring
    return scoring if isinstance(scoring, str) else name_of(scoring)


def short_name(name: object, most: int = 48) -> str:
    """Cut a name in its middle, where its two ends tell it from others.

    Parameters
    ----------
    name : object
    most : int, default=48
        Characters.

    Returns
    -------
    short : str

    Examples
    --------
    >>> from skautogen.report._naming import short_name
    >>> short_name("a very long name of a class, the 2nd", 16)
    'a very…the 2nd'
    >>> short_name("short", 16)
    'short'
    """
    text = " ".join(str(name).split())
    if len(text) <= most:
        return text
    half = (most - 1) // 2
    return f"{text[:half].rstrip()}…{text[-half:].lstrip()}"
