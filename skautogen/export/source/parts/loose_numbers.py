"""A function of generated files."""

import numpy as np
import pandas as pd


def read_loose_numbers(column: pd.Series) -> np.ndarray:
    """Read a column of anything as numbers; what is none is missing."""
    values = pd.to_numeric(column.astype(object), errors="coerce")
    return values.to_numpy(dtype=float, na_value=np.nan)[:, None]
