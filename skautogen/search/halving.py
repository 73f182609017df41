"""Successive halving over samples (Jamieson and Talwalkar, AISTATS 2016)."""

from __future__ import annotations

from typing import Any

from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import HalvingRandomSearchCV

from ._planned import PlannedSearch


class PlannedHalvingRandomSearchCV(PlannedSearch, HalvingRandomSearchCV):
    """scikit-learn's ``HalvingRandomSearchCV``, trained by an engine."""


def make_halving_search(
    pipeline: Any, space: Any, **settings: Any
) -> PlannedHalvingRandomSearchCV:
    """Begin with ``n_iter`` candidates on few rows; a third goes on with more."""
    n_candidates = settings.pop("n_iter")
    return PlannedHalvingRandomSearchCV(
        pipeline, space, n_candidates=n_candidates, **settings
    )
