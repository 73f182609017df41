"""The marks of candidates that have no place on the axis of the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._axes import BLUE, VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._candidates import Trace

# Height of the strip below the scores, as a fraction of the height of the scores.
_STRIP = 0.09


def make_strip(ax: Axes, trace: Trace) -> tuple[float, float] | None:
    """Make room for the marks below the scores.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        On which all scores are drawn already.
    trace : Trace

    Returns
    -------
    strip : tuple of float or None
        Its bottom and top on the axis of the scores; None if all candidates have a
        place on it.
    """
    if not (trace.failed | trace.off_scale).any():
        return None
    top, high = ax.get_ylim()
    bottom = top - _STRIP * (high - top)
    ax.set_ylim(bottom, high)
    return bottom, top


def draw_marks(
    ax: Axes,
    trace: Trace,
    x: np.ndarray,
    strip: tuple[float, float] | None,
    *,
    size: float = 7,
) -> None:
    """Mark candidates that failed, or scored far below, in the strip.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    trace : Trace
    x : ndarray of shape (n_candidates,)
        Where each candidate stands.
    strip : tuple of float or None
        From :func:`make_strip`.
    size : float, default=7
        Of the marks, in points.
    """
    if strip is None:
        return
    # Over the error bars that reach into it, below its own marks.
    ax.axhspan(*strip, color="0.92", zorder=2.5)
    for mask, label, marker, color in (
        (trace.failed, "failed", "X", VERMILION),
        (trace.off_scale, "far below", "v", BLUE),
    ):
        if mask.any():
            ax.plot(
                x[mask],
                np.full(mask.sum(), np.mean(strip)),
                linestyle="none",
                marker=marker,
                color=color,
                markersize=size,
                zorder=3,
                label=f"{label} ({mask.sum()})",
            )
