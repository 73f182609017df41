"""A function of generated files."""

import numpy as np


def to_full_scale(samples: np.ndarray) -> np.ndarray:
    """Give integers as fractions of the largest; unsigned ones are silent at half."""
    if samples.dtype.kind not in "iu":
        return samples.astype("float32")
    # What has 64 bits was of 16 before it came here.
    n_bytes = samples.dtype.itemsize if samples.dtype.itemsize < 8 else 2
    scaled = samples.astype("float32") / 2 ** (8 * n_bytes - 1)
    return scaled - 1 if samples.dtype.kind == "u" else scaled
