"""A function of generated files."""

import numpy as np

from .settings import FEATURES


def join_columns(read: dict[str, np.ndarray]) -> np.ndarray:
    """Put what columns have become side by side, in the order of FEATURES."""
    return np.hstack([read[name] for name in FEATURES if name in read])
