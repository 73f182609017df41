"""A class of generated files."""

from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from .random_kernels import apply_kernels, draw_kernels, summarise
from .sequence_preprocessor import SequencePreprocessor


class KernelPreprocessor(TransformerMixin, BaseEstimator):
    """Describe sequences by what random convolution kernels find in them.

    As ROCKET and MultiRocket do (Dempster et al., 2020; Tan et al., 2022): of each
    kernel the share of steps above a threshold, and how far they are above it.
    """

    def fit(self, X: np.ndarray, y=None) -> Self:
        """Draw kernels, and learn the scale of what they find."""
        scaler = SequencePreprocessor().fit(X)
        self.mean_, self.width_ = scaler.mean_, scaler.width_
        steps = scaler.transform(X)
        # So many that the features of all rows fit into memory.
        n_kernels = int(np.clip(10_000_000 // len(X), 250, 2_000))
        self.kernels_ = draw_kernels(steps, n_kernels)
        features = self.describe(steps)
        self.feature_mean_ = features.mean(axis=0)
        # Of a feature that hardly varies, a rare value would drown all others.
        deviation = features.std(axis=0)
        self.feature_width_ = np.maximum(deviation, 0.1 * np.median(deviation) + 1e-6)
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        """Describe sequences, of shape (n, n_features)."""
        scaler = SequencePreprocessor()
        scaler.mean_, scaler.width_ = self.mean_, self.width_
        features = self.describe(scaler.transform(X))
        return (features - self.feature_mean_) / self.feature_width_

    def describe(self, steps: np.ndarray) -> np.ndarray:
        """Describe prepared sequences, some at a time."""
        parts = np.array_split(steps, -(-len(steps) // 32))
        return np.concatenate([self.describe_some(each) for each in parts])

    def describe_some(self, steps: np.ndarray) -> np.ndarray:
        features = [summarise(steps)]
        for weights, dilation, of_differences, threshold in self.kernels_:
            found, is_there = apply_kernels(steps, weights, dilation, of_differences)
            found -= threshold
            is_above = (found > 0) & is_there
            n_above = is_above.sum(axis=1)
            share = n_above / np.maximum(is_there.sum(axis=1), 1)
            excess = (found * is_above).sum(axis=1) / np.maximum(n_above, 1)
            features += [share, excess]
        return np.concatenate(features, axis=1).astype("float32")
