"""A function of generated files."""

import pandas as pd


def check_columns(frame: pd.DataFrame, names: list[str]) -> None:
    """Refuse a table that lacks columns."""
    missing = [name for name in names if name not in frame]
    if missing:
        there = ", ".join(map(str, frame.columns))
        raise ValueError(f"no column {', '.join(missing)}; its columns are {there}.")
