"""A function of generated files."""

import numpy as np
from sklearn import metrics

from .made import Inputs, Trained, predict


def evaluate(trained: Trained, X: Inputs, y: np.ndarray) -> dict[str, float]:
    """Compute the usual metrics."""
    predicted = predict(trained, X)
    return {
        "rmse": metrics.root_mean_squared_error(y, predicted),
        "mae": metrics.mean_absolute_error(y, predicted),
        "r2": metrics.r2_score(y, predicted),
    }
