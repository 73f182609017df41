"""A class of generated files."""

from typing import Self

import numpy as np
from sklearn.preprocessing import StandardScaler


class TargetScaler:
    """Targets on the scale of the network, and back: never far beyond their range."""

    def fit(self, y: np.ndarray) -> Self:
        self.scaler = StandardScaler().fit(y)
        margin = 0.05 * np.ptp(y, axis=0)
        self.low, self.high = y.min(axis=0) - margin, y.max(axis=0) + margin
        return self

    def transform(self, y: np.ndarray) -> np.ndarray:
        return self.scaler.transform(y)

    def inverse_transform(self, answers: np.ndarray) -> np.ndarray:
        values = self.scaler.inverse_transform(answers.astype("float64"))
        return np.clip(values, self.low, self.high)
