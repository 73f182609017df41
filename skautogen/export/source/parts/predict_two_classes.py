"""Functions of generated files."""

import numpy as np
import pandas as pd

from .settings import CLASSES
from .trained_classifier import Trained


def predict_proba(trained: Trained, X: pd.DataFrame) -> np.ndarray:
    """Probabilities of the classes, in the order of CLASSES."""
    inputs = trained.preprocessing.transform(X)
    second = trained.model.predict(inputs, verbose=0).astype("float64")
    return np.hstack([1 - second, second])


def predict(trained: Trained, X: pd.DataFrame) -> np.ndarray:
    """The most probable label of each row."""
    return np.array(CLASSES)[predict_proba(trained, X).argmax(axis=1)]
