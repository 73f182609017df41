"""Random search: candidates drawn from distributions (Bergstra and Bengio, 2012)."""

from __future__ import annotations

from typing import Any

from sklearn.model_selection import ParameterGrid, RandomizedSearchCV

from ._planned import PlannedSearch


class PlannedRandomizedSearchCV(PlannedSearch, RandomizedSearchCV):
    """scikit-learn's ``RandomizedSearchCV``, trained by an engine."""


def make_random_search(
    pipeline: Any, space: Any, **settings: Any
) -> PlannedRandomizedSearchCV:
    """Draw ``n_iter`` candidates from ``space``, or all where there are fewer."""
    if not any(hasattr(values, "rvs") for each in space for values in each.values()):
        settings["n_iter"] = min(settings["n_iter"], len(ParameterGrid(space)))
    return PlannedRandomizedSearchCV(pipeline, space, **settings)
