"""A function of generated files."""

import numpy as np


def find_eighths(y: np.ndarray) -> np.ndarray:
    """In which eighth of the targets each is."""
    return np.searchsorted(np.quantile(y, np.arange(1, 8) / 8), y)
