"""A function of generated files."""

import numpy as np
import pandas as pd


def read_durations(column: pd.Series) -> np.ndarray:
    """Read durations in seconds."""
    durations = pd.to_timedelta(column, errors="coerce")
    return durations.dt.total_seconds().to_numpy(dtype=float)[:, None]
