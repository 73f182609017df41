"""What generated files have that is written for each network."""

from typing import Any

import numpy as np

Inputs = Any


class Trained:
    """Stand for what training makes."""

    preprocessing: Any
    target: Any
    model: Any


def predict_proba(trained: Trained, X: Inputs) -> np.ndarray:
    """Stand for the function of one of several files."""
    raise NotImplementedError


def predict(trained: Trained, X: Inputs) -> np.ndarray:
    """Stand for the function of one of several files."""
    raise NotImplementedError


def read_characters(text: str) -> list[str]:
    """Stand for the function of one of several files."""
    raise NotImplementedError


def read_tokens(text: str) -> list[str]:
    """Stand for the function that reads words or characters."""
    raise NotImplementedError
