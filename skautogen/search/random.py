"""Random search: candidates drawn from distributions (Bergstra and Bengio, 2012)."""

from __future__ import annotations

from typing import Any

from sklearn.model_selection import RandomizedSearchCV

from ._planned import PlannedSearch
from ._space import clip_n_iter


class PlannedRandomizedSearchCV(PlannedSearch, RandomizedSearchCV):
    """scikit-learn's ``RandomizedSearchCV``, trained by an engine."""


def make_random_search(
    pipeline: Any, space: Any, **settings: Any
) -> PlannedRandomizedSearchCV:
    """Draw ``n_iter`` candidates from ``space``, or all where there are fewer."""
    settings["n_iter"] = clip_n_iter(settings["n_iter"], space)
    return PlannedRandomizedSearchCV(pipeline, space, **settings)
