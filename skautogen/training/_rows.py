"""The rows of one training: which there are, in what order, and which are held out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split

# Up to this many rows, equal rows are merged and all are put in a canonical order, so
# that a weight of 2 and a row given twice are the same training to the last bit. On
# larger tables the two are the same in expectation, and merging would change how many
# steps an epoch has.
EXACT_WEIGHT_ROWS = 256

# Share of the training rows that early stopping watches, and how many rows it needs
# for the loss on them to say anything.
HOLD_OUT_SHARE = 0.15
MIN_ROWS_TO_HOLD_OUT = 80


@dataclass(frozen=True)
class Rows:
    """Rows that a network is trained or watched on.

    Attributes
    ----------
    X : ndarray of shape (n_rows, ...)
    y : ndarray of shape (n_rows,) or (n_rows, n_outputs)
    weight : ndarray of shape (n_rows,)
        Positive, with a mean of 1.
    """

    X: np.ndarray
    y: np.ndarray
    weight: np.ndarray

    def __len__(self) -> int:
        return len(self.X)

    def take(self, index: np.ndarray) -> Rows:
        """The rows of the given numbers, their weights brought to a mean of 1."""
        return Rows(self.X[index], self.y[index], _mean_one(self.weight[index]))


def make_rows(X: np.ndarray, y: np.ndarray, sample_weight: np.ndarray | None) -> Rows:
    """Bring training rows into their form: weights that mean what they say.

    A row of weight 0 is removed. Weights are scaled to a mean of 1, so that the loss,
    which Keras averages over rows and not over weights, is their weighted mean. Up to
    ``EXACT_WEIGHT_ROWS`` rows, equal rows become one row of their summed weight.

    Parameters
    ----------
    X : ndarray of shape (n_rows, ...)
    y : ndarray of shape (n_rows,) or (n_rows, n_outputs)
    sample_weight : ndarray of shape (n_rows,) or None

    Returns
    -------
    rows : Rows
    """
    weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight)
    kept = weight > 0
    if not kept.all():
        X, y, weight = X[kept], y[kept], weight[kept]
    if len(X) <= EXACT_WEIGHT_ROWS:
        X, y, weight = _merge_equal(X, y, weight)
    return Rows(X, y, _mean_one(weight))


def _merge_equal(
    X: np.ndarray, y: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Merge equal rows into one of their summed weight, in lexicographic order."""
    # Labels of any type are ordered through their codes.
    codes = np.unique(y, return_inverse=True)[1].reshape(len(y), -1)
    keys = np.column_stack([X.reshape(len(X), -1), codes])
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return X[first], y[first], np.bincount(group.ravel(), weights=weight)


def _mean_one(weight: np.ndarray) -> np.ndarray:
    return (weight / weight.mean()).astype("float32")


def hold_out(rows: Rows, *, stratify: bool, seed: int) -> tuple[Rows, Rows | None]:
    """Set rows aside for early stopping to watch.

    Parameters
    ----------
    rows : Rows
    stratify : bool
        Keep the shares of the classes, where every class has rows enough.
    seed : int

    Returns
    -------
    training, watched : Rows, Rows or None
        ``None`` where there are too few rows to spare any.
    """
    if len(rows) < MIN_ROWS_TO_HOLD_OUT:
        return rows, None
    index = np.arange(len(rows))
    strata = rows.y if stratify else None
    if strata is not None:
        counts = np.unique(strata, return_counts=True)[1]
        if counts.min() < 2 or len(counts) > HOLD_OUT_SHARE * len(rows):
            strata = None
    training, watched = train_test_split(
        index, test_size=HOLD_OUT_SHARE, random_state=seed, stratify=strata
    )
    return rows.take(np.sort(training)), rows.take(np.sort(watched))


def epoch_order(seed: int, epoch: int, n_rows: int) -> np.ndarray:
    """The order of the rows in one epoch.

    A function of its arguments alone, so that every way of training a network goes
    through the rows in the same order.

    Parameters
    ----------
    seed, epoch, n_rows : int

    Returns
    -------
    order : ndarray of shape (n_rows,)
    """
    return np.random.default_rng((seed, epoch)).permutation(n_rows)
