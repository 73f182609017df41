"""Functions of generated files."""

import numpy as np
import pandas as pd

from .words import read_words


def find_levels(column: pd.Series) -> list[str]:
    """List the categories of a column, in alphabetical order."""
    return sorted(read_words(column).dropna().unique())


def encode_levels(column: pd.Series, levels: list[str]) -> np.ndarray:
    """Give each category an indicator; two categories are one number, -1 or 1.

    A category that training did not have is all 0, a missing one all NaN.
    """
    words = read_words(column)
    codes = pd.Index(levels).get_indexer(words)
    encoded = (codes[:, None] == np.arange(len(levels))).astype(float)
    if len(levels) == 2:
        encoded = encoded[:, 1:] - encoded[:, :1]
    encoded[words.isna()] = np.nan
    return encoded
