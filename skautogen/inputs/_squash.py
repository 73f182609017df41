"""Numbers of any scale brought near zero: median, quartiles, smooth clipping.

Shapes: raw numbers are (n, d) with n rows and d columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# The largest absolute value that comes out, as in RealMLP.
BOUND = 3.0

# Beyond this the curve is flat in single precision. Clipping here keeps the square
# below from overflowing, and takes the infinities to the ends of the curve.
_FLAT = 1e6

_QUANTILES = np.array([0.0, 0.25, 0.5, 0.75, 1.0])


@dataclass(frozen=True)
class Scale:
    """What is known of columns of numbers.

    Attributes
    ----------
    center : ndarray of shape (d,)
        The median.
    width : ndarray of shape (d,)
        The distance from the center that comes out near 1; infinite for a constant.
    kept : ndarray of bool of shape (d,)
        The columns whose numbers are kept as they are.
    is_spiked : ndarray of bool of shape (d,)
        The other columns whose quartiles are one value, and the extremes are not.
    """

    center: np.ndarray
    width: np.ndarray
    kept: np.ndarray
    is_spiked: np.ndarray


def fit_scale(raw: np.ndarray, kept: np.ndarray) -> Scale:
    """Learn the scale of columns of numbers.

    The width is the distance between the quartiles or, where that is zero, half the
    median distance of those values from the center that are not at the center: of two
    values, half the distance between them; of amounts that are mostly 0, half of a
    usual one, where RealMLP takes half the distance between the extremes and cannot
    tell usual ones apart. All are taken over the finite values, and depend neither on
    the order of the rows nor on rounding.

    Parameters
    ----------
    raw : ndarray of shape (n, d)
        May hold NaN and infinities.
    kept : ndarray of bool of shape (d,)
        The columns that are of a good scale already.

    Returns
    -------
    scale : Scale
    """
    # One sort for all quantiles: -inf comes first, then the finite values, inf, NaN.
    columns = np.sort(raw.T, axis=1)
    n_finite = np.isfinite(columns).sum(axis=1)
    first = np.isneginf(columns).sum(axis=1)
    least, low, center, high, most = _quantiles(columns, first, n_finite)
    with np.errstate(over="ignore"):
        width = high - low
    is_spiked = (low == high) & (least < most) & ~kept
    for index in np.flatnonzero(is_spiked):
        start = first[index]
        finite = columns[index, start : start + n_finite[index]]
        width[index] = _median_distance(finite, center[index]) / 2
    # A column that is constant up to infinities still has these to tell.
    constant = np.where(np.isinf(columns).any(axis=1), 1.0, np.inf)
    width = np.where(width > 0, np.minimum(width, np.finfo(float).max), constant)
    return Scale(center, width, kept, is_spiked)


def _median_distance(values: np.ndarray, center: float) -> float:
    """Of those values from the center that are not at it."""
    away = values[values != center]
    with np.errstate(over="ignore"):
        return float(np.median(np.abs(away / 2 - center / 2)) * 2)


def _quantiles(
    columns: np.ndarray, first: np.ndarray, n_finite: np.ndarray
) -> np.ndarray:
    """Interpolated quantiles of sorted columns (d, n) over their finite part (5, d)."""
    position = first + _QUANTILES[:, None] * np.maximum(n_finite - 1, 0)
    below = np.floor(position).astype(int)
    above = np.ceil(position).astype(int)
    share = position - below
    index = np.arange(len(columns))
    last = columns.shape[1] - 1
    with np.errstate(invalid="ignore", over="ignore"):
        lower = columns[index, np.minimum(below, last)].astype(np.float64)
        upper = columns[index, np.minimum(above, last)].astype(np.float64)
        # In this form equal neighbours give exactly themselves: a rounding error would
        # make a constant column look like one of tiny width.
        values = lower + (upper * share - lower * share)
    return np.where(n_finite > 0, values, 0.0)


def squash(raw: np.ndarray, scale: Scale) -> np.ndarray:
    r"""Center, scale and smoothly clip columns of numbers.

    .. math:: z = (x - \mathrm{center}) / \mathrm{width}, \qquad
        x_{\mathrm{out}} = \frac{z}{\sqrt{1 + (z / 3)^2}}

    The infinities come out as -3 and 3. A missing value, and everything in a column
    that was constant, comes out as 0, which is where the median is.

    Parameters
    ----------
    raw : ndarray of shape (n, d)
        May hold NaN and infinities. Not modified.
    scale : Scale

    Returns
    -------
    squashed : ndarray of shape (n, d), float32
        Within [-3, 3], but for columns that are kept; without NaN.

    References
    ----------
    D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by Default: Strong Pre-Tuned
    MLPs and Boosted Trees on Tabular Data", NeurIPS 2024. skrub's ``SquashingScaler``
    computes the same at more than twice the cost, and passes NaN on.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        # In double precision: neighbours may differ in their last digits only.
        exact = raw - scale.center
        exact /= scale.width
        z: np.ndarray = exact.astype(np.float32)
    z /= BOUND
    np.clip(z, -_FLAT, _FLAT, out=z)
    z[np.isnan(z)] = 0.0
    root = z * z
    root += 1
    np.sqrt(root, out=root)
    z /= root
    z *= BOUND
    if scale.kept.any():
        kept = raw[:, scale.kept]
        kept[np.isnan(kept)] = 0.0
        z[:, scale.kept] = kept
    return z
