"""The picture of a regressor's errors; needs the extra ``plots`` (matplotlib)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from .._spelling import unknown_name
from ._axes import BLACK, BLUE, check_axes, split_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = {
    "residual_vs_predicted": "Residuals",
    "actual_vs_predicted": "Actual against predicted",
}
# Points beyond these hide each other; as many are drawn by chance.
_MOST_POINTS = 1_000


def plot_residuals(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    kind: str = "residual_vs_predicted",
    ax: Axes | None = None,
) -> Any:
    """Draw a regressor's errors, or the truth, against what it predicted.

    Choose it to see what a single number hides: errors that grow with the prediction, a
    bend that the network has missed, or a few rows that are far off.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_outputs)
        True values.
    y_pred : array-like of shape (n_samples,) or (n_samples, n_outputs)
        Predicted values.
    kind : {"residual_vs_predicted", "actual_vs_predicted"}, \
            default="residual_vs_predicted"
        Draw the errors (truth minus prediction), or the truth itself.
    ax : matplotlib.axes.Axes, default=None
        Where to draw; the panels of several outputs share its place. None makes a new
        figure through pyplot.

    Returns
    -------
    matplotlib.axes.Axes, or ndarray of Axes of shape (n_outputs,) for several outputs
        Of more than 1,000 rows, 1,000 are drawn, always the same.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If the shapes differ, or `kind` is none of the above.

    See Also
    --------
    sklearn.metrics.PredictionErrorDisplay : What draws it.

    Examples
    --------
    >>> from skautogen.report import plot_residuals
    >>> ax = plot_residuals([1.0, 2.0, 3.0], [1.5, 2.0, 2.5])
    >>> ax.get_title(), ax.get_xlabel()
    ('Residuals', 'predicted')
    """
    if kind not in KINDS:
        raise ValueError(unknown_name("kind", kind, KINDS))
    true, pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    if true.shape != pred.shape:
        raise ValueError(
            f"y_true and y_pred must have one shape, got {true.shape} and {pred.shape}."
        )
    if true.ndim == 1:
        ax = check_axes(ax, width=6.0, height=5.0)
        _draw_errors(ax, true, pred, kind, KINDS[kind])
        return ax
    n_outputs = true.shape[1]
    panels = split_axes(ax, n_outputs, n_columns=3, panel=(3.8, 3.4))
    for number, panel in enumerate(panels):
        title = f"{KINDS[kind]}, output {number}"
        _draw_errors(panel, true[:, number], pred[:, number], kind, title)
    return panels


def _draw_errors(
    ax: Axes, true: np.ndarray, pred: np.ndarray, kind: str, title: str
) -> None:
    from matplotlib.ticker import AutoLocator
    from sklearn.metrics import PredictionErrorDisplay

    PredictionErrorDisplay.from_predictions(
        true,
        pred,
        kind=kind,
        subsample=min(_MOST_POINTS, len(true)),
        random_state=0,
        ax=ax,
        scatter_kwargs={"color": BLUE, "alpha": 0.5, "s": 14, "linewidths": 0},
        line_kwargs={"color": BLACK, "linewidth": 1},
    )
    is_residual = kind == "residual_vs_predicted"
    ax.set(
        xlabel="predicted",
        ylabel="truth - predicted" if is_residual else "truth",
        title=title,
    )
    # scikit-learn marks five even parts of the range, whatever their numbers are.
    ax.xaxis.set_major_locator(AutoLocator())
    ax.yaxis.set_major_locator(AutoLocator())
    ax.grid(alpha=0.3)
    ax.set_axisbelow(True)
