"""A function of generated files."""

from pathlib import Path

import numpy as np

from .settings import CLASSES


def label_files(files: list[Path], folder: str) -> np.ndarray:
    """Tell the labels of files: the folders at the top are called by them."""
    labels = {str(label): label for label in CLASSES}
    names = [file.relative_to(folder).parts[0] for file in files]
    unknown = sorted(set(names) - set(labels))
    if unknown:
        raise ValueError(f"folders must be called {CLASSES}; got {unknown}.")
    return np.array([labels[name] for name in names])
