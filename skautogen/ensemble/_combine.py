"""Combining the networks that a search has trained on its folds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.utils import _safe_indexing

from ..training import NetworkPipeline
from ._greedy import select_greedily
from ._networks import NetworkEnsemble, SharedPreparation, answer
from ._scores import Score
from ._temperature import temper

_ROWS_TO_SELECT_BY = 20_000
# How often a candidate is added, for each that may be chosen.
_STEPS_A_MEMBER = 3

MakeScore = Callable[[np.ndarray], Score]


@dataclass(frozen=True)
class Combination:
    """What came of combining candidates.

    Attributes
    ----------
    ensemble : NetworkEnsemble
    weights : dict of int -> float
        Of each candidate that is in it; they sum to 1.
    predictions : ndarray of shape (n_samples, ...)
        To each row, of networks that were not trained on it; NaN where every network
        was, or no fold has it.
    score : float
        Of these predictions.
    """

    ensemble: NetworkEnsemble
    weights: dict[int, float]
    predictions: np.ndarray
    score: float


def combine(
    candidates: Mapping[int, Sequence[NetworkPipeline]],
    test_rows: Sequence[np.ndarray],
    X: Any,
    n_rows: int,
    make_score: MakeScore,
    *,
    most_candidates: int,
) -> Combination:
    """Choose the candidates whose networks answer best together.

    Each candidate brings the networks that were trained on the folds: together they
    have answered each row that is in a test fold without having seen it, and it is by
    these answers that candidates are chosen.

    Parameters
    ----------
    candidates : mapping of int to sequence of NetworkPipeline
        The pipelines of each, fold by fold.
    test_rows : sequence of ndarray of int
        The rows that each fold scores on.
    X : array-like of shape (n_samples, n_features)
    n_rows : int
        Rows of X.
    make_score : callable
        From numbers of rows to what scores answers to them.
    most_candidates : int

    Returns
    -------
    combination : Combination
    """
    folds = [SharedPreparation(_safe_indexing(X, rows)) for rows in test_rows]
    every = {
        number: _out_of_fold(
            [answer(*each) for each in zip(pipelines, folds, strict=True)],
            test_rows,
            n_rows,
        )
        for number, pipelines in candidates.items()
    }
    covered = np.unique(np.concatenate(test_rows))
    every = {k: each for k, each in every.items() if np.isfinite(each[covered]).all()}
    score = make_score(covered)
    # Enough to tell candidates apart; scores take their time on many more.
    some = covered[:: -(-len(covered) // _ROWS_TO_SELECT_BY)]
    counts = select_greedily(
        [each[some] for each in every.values()],
        score if len(some) == len(covered) else make_score(some),
        most_members=most_candidates,
        n_steps=_STEPS_A_MEMBER * most_candidates,
    )
    chosen = zip(every, counts / counts.sum(), strict=True)
    weights = {number: float(weight) for number, weight in chosen if weight > 0}
    predictions = np.sum([w * every[number] for number, w in weights.items()], axis=0)
    members = [
        (pipeline, weight / len(candidates[number]))
        for number, weight in weights.items()
        for pipeline in candidates[number]
    ]
    pipelines, shares = zip(*members, strict=True)
    temperature = score.temperature(predictions[covered])
    predictions[covered] = temper(predictions[covered], temperature)
    return Combination(
        NetworkEnsemble(pipelines, shares, temperature),
        weights,
        predictions,
        score(predictions[covered])[0],
    )


def _out_of_fold(
    answers: Sequence[np.ndarray], test_rows: Sequence[np.ndarray], n_rows: int
) -> np.ndarray:
    """The mean of the folds' answers to each row, NaN where no fold has it."""
    total = np.zeros((n_rows, *answers[0].shape[1:]))
    times = np.zeros(n_rows)
    for answered, rows in zip(answers, test_rows, strict=True):
        total[rows] += answered
        times[rows] += 1
    times = times.reshape(-1, *[1] * (total.ndim - 1))
    return np.where(times > 0, total / np.maximum(times, 1), np.nan)
