"""How much each column of X matters to trained networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.utils import _safe_indexing

from ..training import NetworkPipeline
from ._losses import squared_errors
from ._networks import ask

# Rows of a fold that a column is shuffled in, at most and at least; how often on a fold
# of fewer; and how many are answered in all. Rows of wide tables cost much: the numbers
# that networks are shown are bounded too, and folds beyond are left out.
_MOST_ROWS, _FEWEST_ROWS, _MOST_REPEATS, _ANSWERS = 1_000, 50, 5, 400_000
_MOST_NUMBERS = 1e7


def permutation_importances(
    pipelines: Sequence[NetworkPipeline],
    test_rows: Sequence[np.ndarray],
    X: Any,
    y: np.ndarray,
    sample_weight: np.ndarray | None,
    classes: np.ndarray | None,
    n_features: int,
    seed: int,
) -> np.ndarray:
    """Measure how much worse answers become when a column is shuffled.

    Each fold's network answers rows that it was not trained on. All that was
    prepared from a column, its categories and the mark of what is missing, is shuffled
    together.

    Parameters
    ----------
    pipelines : sequence of NetworkPipeline
        One candidate's, fold by fold.
    test_rows : sequence of ndarray of int
    X : array-like of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : ndarray of shape (n_samples,) or None
    classes : ndarray of shape (n_classes,) or None
    n_features : int
        Columns of X.
    seed : int
        Of the rows that are taken, where there are many, and of the shuffles.

    Returns
    -------
    importances : ndarray of shape (n_features,)
        Mean increase of the squared error, or of the Brier score. About 0, and by
        chance below it, for a column that does not matter.

    References
    ----------
    L. Breiman, "Random Forests", Machine Learning 45, 2001.
    """
    rng = np.random.default_rng(seed)
    weight = np.ones(len(y)) if sample_weight is None else sample_weight
    increases, total, numbers_left = np.zeros(n_features), 0.0, _MOST_NUMBERS
    affordable = _ANSWERS // (n_features * len(pipelines))
    n_rows = int(np.clip(affordable, _FEWEST_ROWS, _MOST_ROWS))
    for pipeline, rows in zip(pipelines, test_rows, strict=True):
        taken = rng.permutation(rows[weight[rows] > 0])[:n_rows]
        if len(taken) == 0 or numbers_left <= 0:
            continue
        prepare = pipeline.named_steps["prepare"]
        prepared = prepare.transform(_safe_indexing(X, taken))
        truth = y[taken], weight[taken], classes
        before = _error(pipeline, prepared, *truth)
        n_numbers = n_features * prepared.size
        affordable = min(n_rows // len(taken), numbers_left // n_numbers)
        n_repeats = int(np.clip(affordable, 1, _MOST_REPEATS))
        numbers_left -= n_repeats * n_numbers
        for _ in range(n_repeats):
            reordered = prepared[rng.permutation(len(taken))]
            for column in range(n_features):
                shuffled = prepared.copy()
                own = prepare.input_index_ == column
                shuffled[:, own] = reordered[:, own]
                increases[column] += _error(pipeline, shuffled, *truth) - before
            total += weight[taken].sum()
    return increases / total


def _error(
    pipeline: NetworkPipeline,
    prepared: np.ndarray,
    y: np.ndarray,
    weight: np.ndarray,
    classes: np.ndarray | None,
) -> float:
    """The weighted sum of the squared errors of a network's answers."""
    select, network = (step for _, step in pipeline.steps[1:])
    errors = squared_errors(y, ask(network, select.transform(prepared)), classes)
    return float(errors @ weight)
