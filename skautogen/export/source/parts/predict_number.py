"""A function of generated files."""

import numpy as np
import pandas as pd

from .trained_regressor import Trained


def predict(trained: Trained, X: pd.DataFrame) -> np.ndarray:
    """Predict a number for each row."""
    inputs = trained.preprocessing.transform(X)
    answers = trained.model.predict(inputs, verbose=0)
    return trained.target.inverse_transform(answers)[:, 0]
