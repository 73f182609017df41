"""The scores of candidates while the search goes on, for the progress to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.utils import _safe_indexing

from ..training import Outcome


class LiveScores:
    """Scores each candidate when its last fold is trained.

    scikit-learn computes the scores too, but tells nobody before all are done.

    Parameters
    ----------
    scorer : callable or None
        ``scorer(pipeline, X, y)``; with ``None`` nothing is computed.
    X : array-like of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    tell : callable
        Is given the mean score of each candidate.
    """

    def __init__(
        self,
        scorer: Callable[..., float] | None,
        X: Any,
        y: np.ndarray,
        tell: Callable[[float], None],
    ) -> None:
        self._scorer = scorer
        self._X = X
        self._y = y
        self._tell = tell
        self._scores: list[float] = []

    def add(self, outcome: Outcome, test_rows: Sequence[np.ndarray]) -> None:
        """Score the next training of a candidate.

        Parameters
        ----------
        outcome : Outcome
        test_rows : sequence of ndarray of int
            Numbers of the rows that score, one array for each fold.
        """
        if self._scorer is None:
            return
        rows = test_rows[len(self._scores)]
        try:
            X = _safe_indexing(self._X, rows)
            score = self._scorer(outcome.fitted(), X, self._y[rows])
        except Exception:  # it will be told of when scikit-learn scores
            score = np.nan
        self._scores.append(score)
        if len(self._scores) == len(test_rows):
            self._tell(float(np.mean(self._scores)))
            self._scores.clear()
