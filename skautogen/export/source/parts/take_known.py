"""A function of generated files."""

import pandas as pd

from .check_columns import check_columns


def take_known(frame: pd.DataFrame, target) -> pd.DataFrame:
    """Leave out the rows whose target is missing."""
    check_columns(frame, [target] if isinstance(target, str) else target)
    known = frame.dropna(subset=target)
    if len(known) < len(frame):
        print(f"{len(frame) - len(known)} rows without a target are left out.")
    return known
