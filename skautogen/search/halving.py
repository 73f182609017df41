"""Successive halving over samples (Jamieson and Talwalkar, AISTATS 2016)."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import HalvingRandomSearchCV

from ._planned import PlannedSearch
from ._space import clip_n_iter


class PlannedHalvingRandomSearchCV(PlannedSearch, HalvingRandomSearchCV):
    """scikit-learn's ``HalvingRandomSearchCV``, trained by an engine."""

    plans_at_once: ClassVar[bool] = False

    @staticmethod
    def _select_best_index(refit: Any, refit_metric: Any, results: Any) -> int:
        """The best of the last round, or of the last that was not cut short."""
        means = results["mean_test_score"]
        if not np.isfinite(means).any():
            return 0
        last = results["iter"][np.isfinite(means)].max()
        return int(np.nanargmax(np.where(results["iter"] == last, means, np.nan)))


def make_halving_search(
    pipeline: Any, space: Any, **settings: Any
) -> PlannedHalvingRandomSearchCV:
    """Begin with ``n_iter`` candidates on few rows; a third goes on with more."""
    return PlannedHalvingRandomSearchCV(
        pipeline, space, **halving_settings("halving", space, settings)
    )


def halving_settings(name: str, space: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """What ``HalvingRandomSearchCV`` takes, from what every search is given.

    Raises
    ------
    ValueError
        If several metrics are asked for: candidates are dropped by one.
    """
    if settings["refit"] is not True:
        raise ValueError(
            f"search={name!r} drops candidates by one metric; got "
            f"scoring={settings['scoring']!r}. Give one, or use another search."
        )
    n_iter = settings.pop("n_iter")
    return {**settings, "n_candidates": clip_n_iter(n_iter, space)}
