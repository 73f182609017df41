"""A function of generated files."""

import pandas as pd

from .words import read_words


def find_frequent_words(column: pd.Series) -> list[str]:
    """The words that ten rows have or more, at most 128, in alphabetical order."""
    counts = read_words(column).dropna().value_counts()
    frequent = sorted(
        counts.index[counts >= 10], key=lambda word: (-counts[word], word)
    )
    return sorted(frequent[:128])
