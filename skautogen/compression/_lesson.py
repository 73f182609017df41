"""What networks are taught and judged by: rows, and what an ensemble answers to them.

Rows that an estimator was fitted on say nothing of how well it predicts, and a network
that it teaches has from it what it knows of them. So a method is tried on an estimator
that has not seen the rows which judge: of rows that ``fit`` had, those of its first
fold, with the networks that were trained on the other folds. What does well there is
then done with the whole ensemble, and with all rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import is_classifier
from sklearn.model_selection import train_test_split
from sklearn.utils import _safe_indexing
from sklearn.utils.validation import _num_samples

from ..ensemble import NetworkEnsemble
from ..training import NetworkPipeline
from ._smaller import ensemble_of, led_by, with_answering

JUDGED_SHARE = 0.25
# How near an answer is to the same answer of before, beside the deviation of all.
_SAME = 1e-3


@dataclass(frozen=True)
class Lesson:
    """Rows to learn from.

    Attributes
    ----------
    X : array-like of shape (n_rows, n_features)
    seed : int
    """

    X: Any
    seed: int


@dataclass(frozen=True)
class Trial:
    """An estimator to try methods on, and rows that it has not seen.

    Attributes
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
    lesson : Lesson
    score : callable
        From an estimator to its score on the rows that judge.
    n_judged : int
        Rows that judge.
    whole : AutoGenClassifier or AutoGenRegressor
        The one to be made smaller. ``estimator`` is this one, or has of its ensemble
        those networks that have not seen the rows that judge.
    led : AutoGenClassifier or AutoGenRegressor
        The same, its best network of the candidate that the best network of
        ``estimator`` is of: what is made of it has the design that was judged.
    """

    estimator: Any
    lesson: Lesson
    score: Callable[[Any], float]
    n_judged: int
    whole: Any
    led: Any

    @property
    def is_part(self) -> bool:
        """Whether what is done to ``estimator`` is to be repeated on the whole."""
        return self.estimator is not self.whole


def make_trial(
    estimator: Any, X: Any, y: np.ndarray, sample_weight: np.ndarray | None, seed: int
) -> Trial:
    """Divide the rows into those to learn from and those that judge.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted.
    X : array-like of shape (n_samples, n_features)
        Checked.
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : ndarray of shape (n_samples,) or None
    seed : int

    Returns
    -------
    trial : Trial
    """
    found = _find_fold(estimator, X)
    if found is None:
        learned, judged = _divide(estimator, y, seed)
        tried = led = estimator
    else:
        judged, members = found
        learned = np.setdiff1d(np.arange(len(y)), judged)
        best, led = _lead(estimator, members)
        tried = with_answering(estimator, best, _part_of(estimator.ensemble_, members))
    X_judged = _safe_indexing(X, judged)
    make_score = estimator._make_score(judged, X, y, sample_weight)

    def score(each: Any) -> float:
        return float(make_score(ensemble_of(each).answer(X_judged))[0])

    lesson = Lesson(_safe_indexing(X, learned), seed)
    return Trial(tried, lesson, score, len(judged), estimator, led)


def _find_fold(estimator: Any, X: Any) -> tuple[np.ndarray, list[int]] | None:
    """Find the rows of the first fold, and the networks that have not seen them.

    Returns
    -------
    judged, members : ndarray of int, list of int, or None
        None where X is not what ``fit`` had, or rows are in several folds.
    """
    out_of_fold = getattr(estimator, "oof_predictions_", None)
    judged = estimator.__dict__.get("_first_fold")
    if out_of_fold is None or judged is None or len(out_of_fold) != _num_samples(X):
        return None
    n_folds = estimator.search_.n_splits_
    # Candidate by candidate, fold by fold, and last the one that has seen all rows.
    members = list(range(0, len(estimator.ensemble_) - 1, n_folds))
    part = _part_of(estimator.ensemble_, members)
    answers = part.answer(_safe_indexing(X, judged))
    scale = float(np.std(out_of_fold[judged]))
    if not np.allclose(answers, out_of_fold[judged], rtol=0, atol=_SAME * scale):
        return None
    return judged, members


def _part_of(whole: NetworkEnsemble, members: list[int]) -> NetworkEnsemble:
    """An ensemble of some of the networks."""
    weights = whole.weights[members] / whole.weights[members].sum()
    pipelines = [whole.pipelines[each] for each in members]
    return NetworkEnsemble(pipelines, weights.tolist(), whole.temperature)


def _lead(estimator: Any, members: list[int]) -> tuple[NetworkPipeline, Any]:
    """Find the network to make smaller ones of, and the estimator to do it with later.

    Both are of the best candidate; where the ensemble has none of its networks, of the
    candidate that weighs most.
    """
    whole, candidates = estimator.ensemble_, [*estimator.ensemble_weights_]
    if estimator.best_index_ in candidates:
        member = members[candidates.index(estimator.best_index_)]
        return whole.pipelines[member], estimator
    place = int(whole.weights[members].argmax())
    pipeline = whole.pipelines[members[place]]
    return pipeline, led_by(estimator, candidates[place], pipeline)


def _divide(estimator: Any, y: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the rows to learn from, and of those that judge."""
    strata = y if is_classifier(estimator) else None
    if strata is not None:
        counts = np.unique(strata, return_counts=True)[1]
        if counts.min() < 2 or len(counts) > JUDGED_SHARE * len(y):
            strata = None
    learned, judged = train_test_split(
        np.arange(len(y)), test_size=JUDGED_SHARE, random_state=seed, stratify=strata
    )
    return np.sort(learned), np.sort(judged)
