"""Targets of a regression on the scale of the network, and back."""

from __future__ import annotations

import numpy as np
from sklearn.preprocessing import StandardScaler


class TargetScaler:
    """Standardises targets by their weighted mean and deviation.

    A target that never varies comes back as itself, whatever a network answers.
    scikit-learn's ``StandardScaler`` would pass the answer through.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.training._target_scaler import TargetScaler
    >>> y = np.array([[1.0, 5.0], [3.0, 5.0]])
    >>> scaler = TargetScaler().fit(y, np.ones(2))
    >>> scaler.inverse_transform(np.array([[1.0, 9.0]]))
    array([[3., 5.]])
    """

    def fit(self, y: np.ndarray, weight: np.ndarray) -> TargetScaler:
        """Learn the scale of y (n_rows, n_outputs) under weights (n_rows,)."""
        scaler = StandardScaler().fit(y, sample_weight=weight)
        self.mean_ = scaler.mean_
        self.scale_ = np.where(np.ptp(y, axis=0) == 0, 0.0, scaler.scale_)
        return self

    def transform(self, y: np.ndarray) -> np.ndarray:
        """Bring targets to a mean of 0 and a deviation of 1."""
        return (y - self.mean_) / np.where(self.scale_ == 0, 1.0, self.scale_)

    def inverse_transform(self, y: np.ndarray) -> np.ndarray:
        """Bring what a network answers back to the scale of the targets."""
        return y * self.scale_ + self.mean_
