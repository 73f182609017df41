"""Functions of generated files."""

import numpy as np

from .made import Inputs, Trained
from .settings import CLASSES


def predict_proba(trained: Trained, X: Inputs) -> np.ndarray:
    """Probabilities of the classes, in the order of CLASSES."""
    answers = trained.model.predict(trained.preprocessing.transform(X), verbose=0)
    second = answers.astype("float64")
    return np.hstack([1 - second, second])


def predict(trained: Trained, X: Inputs) -> np.ndarray:
    """The most probable label of each row."""
    return np.array(CLASSES)[predict_proba(trained, X).argmax(axis=1)]
