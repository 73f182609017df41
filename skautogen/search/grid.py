"""Grid search: every combination of the values given."""

from __future__ import annotations

from typing import Any

from sklearn.model_selection import GridSearchCV

from ._planned import PlannedSearch


class PlannedGridSearchCV(PlannedSearch, GridSearchCV):
    """scikit-learn's ``GridSearchCV``, trained by an engine."""


def make_grid_search(pipeline: Any, space: Any, **settings: Any) -> PlannedGridSearchCV:
    """Search all combinations of the lists in ``space``; ``n_iter`` plays no part."""
    settings.pop("n_iter")
    settings.pop("random_state")
    return PlannedGridSearchCV(pipeline, space, **settings)
