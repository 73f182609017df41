"""Functions of generated files."""

import numpy as np


def fit_scale(values: np.ndarray) -> tuple[float, float]:
    """Find the median of a column, and the distance from it that becomes 1.

    That is the distance between the quartiles; where they are equal, half of a usual
    distance of the values elsewhere; for a constant column none.
    """
    finite = values[np.isfinite(values)]
    low, center, high = (
        np.percentile(finite, [25, 50, 75]) if len(finite) else [0.0] * 3
    )
    if low < high:
        return center, high - low
    away = np.abs(finite - center)[finite != center]
    if len(away):
        return center, np.median(away) / 2
    return center, 1.0 if np.isinf(values).any() else np.inf


def squash(numbers: np.ndarray, center: np.ndarray, width: np.ndarray) -> np.ndarray:
    """Bring numbers to scale, smoothly clipped at -3 and 3; missing ones become 0."""
    with np.errstate(invalid="ignore", over="ignore"):
        z = np.clip((numbers - center) / width / 3, -1e6, 1e6)
    z = np.nan_to_num(z, nan=0.0)
    return 3 * z / np.sqrt(1 + z**2)
