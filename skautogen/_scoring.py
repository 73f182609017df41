"""What ``scoring`` says, in the forms that scikit-learn's searches take it."""

from __future__ import annotations

from typing import Any


def each_value(given: Any) -> list[Any]:
    """What was given, one or several."""
    if isinstance(given, dict):
        return list(given.values())
    return list(given) if isinstance(given, (list, tuple)) else [given]


def first_metric(scoring: Any) -> str | bool:
    """By which of several metrics the best is chosen: the first."""
    if isinstance(scoring, (list, tuple, dict)):
        return next(iter(scoring))
    return True


def first_of(scoring: Any) -> Any:
    """What computes the metric by which the best is chosen."""
    first = first_metric(scoring)
    if first is True:
        return scoring
    return scoring[first] if isinstance(scoring, dict) else first
