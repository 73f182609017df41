"""A function of generated files."""

import numpy as np
import pandas as pd
from sklearn import metrics

from .predict_number import predict
from .trained_regressor import Trained


def evaluate(trained: Trained, X: pd.DataFrame, y: np.ndarray) -> dict[str, float]:
    """Compute the usual metrics."""
    predicted = predict(trained, X)
    return {
        "rmse": metrics.root_mean_squared_error(y, predicted),
        "mae": metrics.mean_absolute_error(y, predicted),
        "r2": metrics.r2_score(y, predicted),
    }
