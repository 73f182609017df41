"""What things are called in pictures and on the page."""

from __future__ import annotations

from typing import Any

import numpy as np


def name_of(value: Any) -> str:
    """A value of a hyper-parameter in words.

    Parameters
    ----------
    value : object

    Returns
    -------
    name : str
        Of a function its name, of everything else what ``str`` says; few digits.
    """
    if isinstance(value, (float, np.floating)):
        return f"{value:.4g}"
    if callable(value) and hasattr(value, "__name__"):
        return str(value.__name__)
    return str(value)


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
