"""A function of generated files."""

import numpy as np

from .made import Inputs, Trained


def predict(trained: Trained, X: Inputs) -> np.ndarray:
    """Predict the numbers of each row."""
    answers = trained.model.predict(trained.preprocessing.transform(X), verbose=0)
    return trained.target.inverse_transform(answers)
