"""What pictures of a search read out of ``cv_results_``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Trace:
    """The scores of candidates in the order tried, all of shape (n_candidates,).

    Attributes
    ----------
    score, std : ndarray of float
        Mean and deviation over the folds; NaN for a candidate that failed.
    best_so_far : ndarray of float
        In a search by halving it starts anew in each round.
    rounds : ndarray of int
        Of a search by halving; 0 in all others.
    failed : ndarray of bool
    off_scale : ndarray of bool
        Scores so low that they would hide the differences of all others.
    """

    score: np.ndarray
    std: np.ndarray
    best_so_far: np.ndarray
    rounds: np.ndarray
    failed: np.ndarray
    off_scale: np.ndarray

    @property
    def n_tried(self) -> int:
        """Number of candidates: later rounds of a search by halving repeat some."""
        return int((self.rounds == self.rounds.min(initial=0)).sum())

    @property
    def best(self) -> int | None:
        """The row of the best candidate of the last round; None if all failed."""
        last = np.where(self.rounds == self.rounds[~self.failed].max(initial=0))[0]
        scores = self.score[last]
        if np.isnan(scores).all():
            return None
        return int(last[np.nanargmax(scores)])


def read_trace(cv_results: Mapping[str, Any], metric: str) -> Trace:
    """Read the scores by one metric.

    Parameters
    ----------
    cv_results : dict
    metric : str
        As in `leaderboard`.

    Returns
    -------
    trace : Trace
    """
    score = np.asarray(cv_results[f"mean_test_{metric}"], dtype=float)
    rounds = np.asarray(cv_results.get("iter", np.zeros(len(score), dtype=int)))
    best_so_far = np.empty_like(score)
    for number in np.unique(rounds):
        best_so_far[rounds == number] = np.fmax.accumulate(score[rounds == number])
    return Trace(
        score=score,
        std=np.asarray(cv_results[f"std_test_{metric}"], dtype=float),
        best_so_far=best_so_far,
        rounds=rounds,
        failed=np.isnan(score),
        off_scale=score < lowest_shown(score[np.isfinite(score)]),
    )


def lowest_shown(scores: np.ndarray) -> float:
    """Find the score below which candidates would hide the differences of the rest.

    Ten times the range of the upper three quarters: these then keep a tenth of the
    height or more, and only scores off by an order of magnitude are not drawn.

    Parameters
    ----------
    scores : ndarray of shape (n_scored,)

    Returns
    -------
    lowest : float
    """
    if not len(scores):
        return -np.inf
    lower_quartile = np.quantile(scores, 0.25)
    upper_range = scores.max() - lower_quartile
    return float(lower_quartile - 10 * upper_range) if upper_range > 0 else -np.inf


def read_seconds(cv_results: Mapping[str, Any]) -> np.ndarray:
    """Seconds of training up to the end of each candidate, all folds added up.

    Parameters
    ----------
    cv_results : dict

    Returns
    -------
    seconds : ndarray of float of shape (n_candidates,)
        What was not timed counts as 0.
    """
    folds = {m[1] for m in map(re.compile(r"split(\d+)_test_").match, cv_results) if m}
    of_a_fold = np.nan_to_num(np.asarray(cv_results["mean_fit_time"], dtype=float))
    return np.cumsum(of_a_fold * max(1, len(folds)))
