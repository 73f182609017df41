"""A function of generated files."""

import numpy as np


def find_eighths(y: np.ndarray) -> np.ndarray:
    """In which eighth of the targets of its kind each is."""
    ends = np.quantile(y, np.arange(1, 8) / 8, axis=0)
    return (y[:, None] > ends).sum(axis=1)
