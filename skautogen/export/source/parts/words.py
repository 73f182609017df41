"""Functions of generated files."""

import pandas as pd


def spell(value) -> str:
    """Spell a category: 1 and 1.0 alike."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def read_words(column: pd.Series) -> pd.Series:
    """Read a column of anything as strings; what is missing stays missing."""
    return column.astype(object).map(spell, na_action="ignore")
