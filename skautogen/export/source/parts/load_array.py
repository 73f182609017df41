"""A function of generated files."""

import numpy as np


def load_array(path: str, name: str) -> np.ndarray:
    """Read one of the arrays of an .npz file."""
    arrays = np.load(path)
    if name not in arrays:
        raise ValueError(f"no array {name}; its arrays are {', '.join(arrays)}.")
    return arrays[name]
