"""A class of generated files."""

from typing import Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

from .settings import N_STEPS


class SequencePreprocessor(TransformerMixin, BaseEstimator):
    """Bring the channels of sequences to one scale, and fill in what is missing.

    A channel is added that tells which steps there are: 1, and 0 for padding.
    """

    def fit(self, X: np.ndarray, y=None) -> Self:
        """Learn the mean and the deviation of each channel."""
        steps = X[find_steps(X)]
        self.mean_ = np.nanmean(steps, axis=0, dtype=float)
        deviation = np.nanstd(steps, axis=0, dtype=float)
        # A channel that never varies says nothing, and becomes 0.
        varies = deviation > 1e-6 * np.maximum(1, np.abs(self.mean_))
        self.width_ = np.where(varies, deviation, np.inf)
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        """Prepare sequences, of shape (n, steps, channels + 1)."""
        is_there = find_steps(X)
        n_steps = max(N_STEPS, is_there.sum(axis=1).max())
        prepared = np.zeros((len(X), n_steps, X.shape[2] + 1), dtype="float32")
        for row, steps, own in zip(prepared, X, is_there, strict=True):
            scaled = pd.DataFrame((steps[own] - self.mean_) / self.width_)
            filled = scaled.interpolate(limit_direction="both").fillna(0)
            row[: len(filled), :-1] = filled
            row[: len(filled), -1] = 1
        return prepared


def find_steps(X: np.ndarray) -> np.ndarray:
    """Tell which steps there are: up to the last that is not all missing or 0."""
    says_something = ~(np.isnan(X) | (X == 0)).all(axis=2)
    is_there = np.cumsum(says_something[:, ::-1], axis=1)[:, ::-1] > 0
    is_there[:, 0] = True
    return is_there
