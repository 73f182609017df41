"""A function of generated files."""

import numpy as np
import pandas as pd

from .settings import CLASSES


def encode_labels(y: np.ndarray) -> np.ndarray:
    """Number labels by their place in CLASSES."""
    codes = pd.Index(CLASSES).get_indexer(y)
    if (codes < 0).any():
        unknown = sorted(set(np.asarray(y)[codes < 0].tolist()), key=str)
        raise ValueError(f"labels must be among {CLASSES}; got {unknown}.")
    return codes.astype("int32")
