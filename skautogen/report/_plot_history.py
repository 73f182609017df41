"""The picture of one training; needs the extra ``plots`` (matplotlib)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ._axes import BLACK, BLUE, ORANGE, check_axes, finish

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_history(
    history: Mapping[str, Sequence[float]], *, ax: Axes | None = None
) -> Axes:
    """Draw the training and validation loss of each epoch of a training.

    Choose it to see how a training went: validation loss that rises while training
    loss falls is overfitting; both still falling at the end asks for more epochs.

    Parameters
    ----------
    history : dict of str to sequence of float
        ``"loss"`` and, where there was validation data, ``"val_loss"``, one value per
        epoch: the ``history`` of Keras' `History`, or ``history_`` of an estimator.
        Other entries are ignored.
    ax : matplotlib.axes.Axes, default=None
        Where to draw. None makes a new figure of 800 x 450 pixels through pyplot.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on. The loss has a logarithmic scale where its greatest value
        is more than 50 times its smallest.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If `history` has no ``"loss"`` or no epoch.

    See Also
    --------
    plot_search : All candidates of a search.

    Notes
    -----
    The best epoch is the one of the lowest validation loss. Without validation the
    weights are those of the last epoch, and none is marked.

    Examples
    --------
    >>> from skautogen.report import plot_history
    >>> ax = plot_history({"loss": [0.9, 0.5, 0.3], "val_loss": [0.8, 0.6, 0.7]})
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['training', 'validation', 'best epoch: 2']
    """
    curves = _curves(history)
    ax = check_axes(ax)
    _draw_curve(ax, curves.training, "training", linestyle="--", color=ORANGE)
    if curves.validation is not None:
        _draw_curve(ax, curves.validation, "validation", linestyle="-", color=BLUE)
    if curves.best_epoch is not None:
        label = f"best epoch: {curves.best_epoch}"
        ax.axvline(curves.best_epoch, color=BLACK, linestyle=":", label=label)
    if curves.wide:
        ax.set_yscale("log")
    finish(ax, x="epoch", y="loss", whole_x=True)
    ax.legend()
    ax.set_title("Training history")
    return ax


@dataclass(frozen=True)
class _Curves:
    """What `plot_history` draws; `best_epoch` counts from 1."""

    training: np.ndarray
    validation: np.ndarray | None
    best_epoch: int | None
    wide: bool


def _curves(history: Mapping[str, Sequence[float]]) -> _Curves:
    if not len(history.get("loss", ())):
        raise ValueError(
            "history must hold the 'loss' of one epoch or more, got the entries "
            f"{sorted(history)}: pass the `history` of Keras' History object."
        )
    training = np.asarray(history["loss"], dtype=float)
    validation = None
    if len(history.get("val_loss", ())):
        validation = np.asarray(history["val_loss"], dtype=float)
    drawn = np.concatenate([training, () if validation is None else validation])
    drawn = drawn[np.isfinite(drawn)]
    best_epoch = None
    if validation is not None and not np.isnan(validation).all():
        best_epoch = int(np.nanargmin(validation)) + 1
    return _Curves(
        training=training,
        validation=validation,
        best_epoch=best_epoch,
        wide=len(drawn) > 0 and 0 < 50 * drawn.min() < drawn.max(),
    )


def _draw_curve(
    ax: Axes, losses: np.ndarray, label: str, *, linestyle: str, color: str
) -> None:
    epochs = np.arange(1, len(losses) + 1)
    # A single epoch is a point, which a line alone does not show.
    marker = "o" if len(losses) <= 25 else ""
    ax.plot(
        epochs,
        losses,
        linestyle=linestyle,
        marker=marker,
        markersize=4,
        color=color,
        linewidth=2,
        label=label,
    )
