"""Features of sequences: what many random convolution kernels find in them."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from joblib import Parallel, delayed

_TAPS = 9
# Kernels, and how many features of all the rows they may make.
_MOST_KERNELS, _FEWEST_KERNELS, _MOST_FEATURES = 2_000, 250, 20_000_000
# Channels that a kernel looks at.
_MOST_CHANNELS = 6
# Parts of a sequence of which the mean and the deviation are told.
_PARTS = (1, 5)
# Rows that the thresholds are learnt from, and numbers that are computed at once.
_ROWS_TO_LEARN_FROM, _NUMBERS_AT_ONCE = 64, 2**22
# Of the median deviation of all features, what each is taken to have at least: of a
# feature that hardly varies a rare value would drown all others.
_LEAST_DEVIATION = 0.1


class _Kernels(NamedTuple):
    """Kernels of one dilation: their weights (9 * c, k) and thresholds (k,)."""

    weights: np.ndarray
    dilation: int
    of_differences: bool
    threshold: np.ndarray


class RandomKernels:
    """What random kernels of several dilations find, as two numbers of each.

    A kernel has nine taps, a dilation, and a threshold, which is a quantile of what the
    kernel gives on training rows. Of what it gives over the steps of a sequence, the
    share above the threshold is one feature, and how far it is above it on average the
    other. Half of the kernels look at the differences from step to step. Beside them
    stand the mean and the deviation of each channel, in the whole and in each fifth.

    It is MiniRocket with the second feature, and the differences, of MultiRocket, and
    ROCKET's random weights. The kernels are the same for every fold.
    """

    def fit(self, X: np.ndarray) -> Self:
        """Learn the thresholds, and the scale of the features.

        Parameters
        ----------
        X : ndarray of shape (n_samples, n_steps, n_channels + 1)
            The last channel tells which steps there are.
        """
        rng = np.random.default_rng(0)
        n_kernels = int(
            np.clip(_MOST_FEATURES // (2 * len(X)), _FEWEST_KERNELS, _MOST_KERNELS)
        )
        length = max(_TAPS, float(np.median(X[..., -1].sum(axis=1))))
        # The longest kernels reach from end to end.
        n_dilations = 1 + int(np.log2((length - 1) / (_TAPS - 1)))
        n_of_each = max(1, n_kernels // (2 * n_dilations))
        rows = X[rng.permutation(len(X))[:_ROWS_TO_LEARN_FROM]]
        self._kernels = [
            _draw(rows, 2**power, differs, n_of_each, rng)
            for differs in (False, True)
            for power in range(n_dilations)
        ]
        features = self._features(X)
        self._mean = features.mean(axis=0)
        deviation = features.std(axis=0)
        least = _LEAST_DEVIATION * np.median(deviation) + 1e-6
        self._factor = 1 / np.maximum(deviation, least)
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        """The features, brought to a mean of 0 and a deviation of 1.

        Parameters
        ----------
        X : ndarray of shape (n_samples, n_steps, n_channels + 1)

        Returns
        -------
        features : ndarray of shape (n_samples, n_features), float32
        """
        features: np.ndarray = (self._features(X) - self._mean) * self._factor
        return features

    def _features(self, X: np.ndarray) -> np.ndarray:
        widest = max(max(each.weights.shape) for each in self._kernels)
        n_at_once = max(1, _NUMBERS_AT_ONCE // (X.shape[1] * widest))
        starts = range(0, len(X), n_at_once)
        # NumPy lets go of the interpreter while it computes.
        parts = Parallel(n_jobs=-1, prefer="threads")(
            delayed(self._features_of)(X[start : start + n_at_once]) for start in starts
        )
        return np.concatenate(parts)

    def _features_of(self, X: np.ndarray) -> np.ndarray:
        features = [_summary(X)]
        for kernels in self._kernels:
            found, there = _apply(X, kernels)
            found -= kernels.threshold
            is_above = (found > 0) & there
            n_above = is_above.sum(axis=1)
            n_there = np.maximum(there.sum(axis=1), 1)
            found *= is_above
            excess = found.sum(axis=1) / np.maximum(n_above, 1)
            features += [n_above / n_there, excess]
        return np.concatenate(features, axis=1).astype(np.float32)


def _draw(
    X: np.ndarray, dilation: int, differs: bool, n: int, rng: np.random.Generator
) -> _Kernels:
    """Draw n kernels, and take their thresholds from rows."""
    n_channels = X.shape[2] - 1
    weights = rng.normal(size=(_TAPS, n_channels, n))
    weights -= weights.mean(axis=0)
    n_seen = rng.integers(1, min(n_channels, _MOST_CHANNELS) + 1, n)
    order = rng.random((n_channels, n)).argsort(axis=0).argsort(axis=0)
    weights *= (order < n_seen) / np.sqrt(n_seen * _TAPS)
    levels = rng.uniform(0.05, 0.95, n)
    flat = weights.reshape(-1, n).astype(np.float32)
    kernels = _Kernels(flat, dilation, differs, np.zeros(n, dtype=np.float32))
    found, there = _apply(X, kernels)
    values = np.sort(found[there[..., 0]], axis=0)
    if not len(values):  # of rows of one step there are no differences
        return kernels
    place = (levels * (len(values) - 1)).astype(int)
    return kernels._replace(threshold=values[place, np.arange(n)])


def _apply(X: np.ndarray, kernels: _Kernels) -> tuple[np.ndarray, np.ndarray]:
    """What kernels give at each step (n, s, k), and which steps there are (n, s, 1)."""
    values, there = X[..., :-1], X[..., -1:] > 0
    if kernels.of_differences and X.shape[1] > 1:
        there = there[:, 1:] & there[:, :-1]
        values = np.diff(values, axis=1) * there
    reach, n_steps = (_TAPS // 2) * kernels.dilation, values.shape[1]
    padded = np.pad(values, [(0, 0), (reach, reach), (0, 0)])
    starts = np.arange(_TAPS) * kernels.dilation
    taps = [padded[:, start : start + n_steps] for start in starts]
    return np.concatenate(taps, axis=2) @ kernels.weights, there


def _summary(X: np.ndarray) -> np.ndarray:
    """Mean and deviation of each channel in parts of the sequences."""
    lengths = X[..., -1].sum(axis=1)
    steps = np.arange(X.shape[1]) + 0.5
    summary = []
    for n_parts in _PARTS:
        part = np.floor(steps / np.maximum(lengths, 1)[:, None] * n_parts)
        for number in range(n_parts):
            inside = ((part == number) & (X[..., -1] > 0))[..., None]
            n_inside = np.maximum(inside.sum(axis=1), 1)
            mean = (X[..., :-1] * inside).sum(axis=1) / n_inside
            square = (X[..., :-1] ** 2 * inside).sum(axis=1) / n_inside
            summary += [mean, np.sqrt(np.maximum(square - mean**2, 0))]
    return np.concatenate(summary, axis=1)
