"""Pictures of a search and of a training; need the extra ``plots`` (matplotlib)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ._leaderboard import check_refit_metric

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From the palette of Okabe and Ito (2008), told apart with any kind of colour vision.
_BLUE, _ORANGE, _VERMILION, _BLACK = "#0072B2", "#E69F00", "#D55E00", "#000000"

# Height of the strip below the scores, as a fraction of the height of the scores.
_STRIP = 0.09


def plot_search(
    cv_results: Mapping[str, Any],
    *,
    ax: Axes | None = None,
    refit_metric: str = "score",
) -> Axes:
    """Draw the score of each candidate of a search, in the order tried.

    Choose it to see whether the search had settled (the line of the best so far is
    flat at its end) or would gain from more candidates, and whether the differences
    stand out from the spread over the folds. `leaderboard` has the numbers.

    Parameters
    ----------
    cv_results : dict
        The ``cv_results_`` of a fitted scikit-learn search.
    ax : matplotlib.axes.Axes, default=None
        Where to draw. None makes a new figure of 800 x 450 pixels through pyplot.
    refit_metric : str, default="score"
        The metric to draw, as in `leaderboard`.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on; ``.figure.savefig("search.png")`` saves the picture.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If `refit_metric` is not a metric of `cv_results`.

    See Also
    --------
    leaderboard : The same as a table.
    plot_history : The course of one training.

    Notes
    -----
    Points are means over the folds, error bars one standard deviation. A candidate
    that failed in some fold has no score and is a cross in the strip at the bottom.
    Scores so low that they would hide the differences between all others (a
    regression that diverged) are triangles there. In a halving search the best so far
    starts anew in each round, because scores found with different resources are not
    comparable.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import GridSearchCV
    >>> from sklearn.svm import SVC
    >>> from skautogen.report import plot_search
    >>> X, y = load_iris(return_X_y=True)
    >>> search = GridSearchCV(SVC(), {"C": [0.01, 1.0, 100.0]}, cv=3).fit(X, y)
    >>> ax = plot_search(search.cv_results_)
    >>> ax.get_title()
    'Search over 3 candidates: best score 0.9733'
    """
    check_refit_metric(cv_results, refit_metric)
    ax = _check_axes(ax)
    trace = _trace(cv_results, refit_metric)
    _draw_scores(ax, trace)
    _draw_without_score(ax, trace)
    _finish(ax, x="candidate, in the order tried", y=f"{refit_metric} (mean ± std)")
    # Points may be anywhere: the legend goes above them, the title above the legend.
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4, frameon=False)
    ax.set_title(_search_title(trace, refit_metric), pad=26)
    return ax


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
    The best epoch is the one of the lowest validation loss, or of the lowest training
    loss where there is no validation loss.

    Examples
    --------
    >>> from skautogen.report import plot_history
    >>> ax = plot_history({"loss": [0.9, 0.5, 0.3], "val_loss": [0.8, 0.6, 0.7]})
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['training', 'validation', 'best epoch: 2']
    """
    curves = _curves(history)
    ax = _check_axes(ax)
    _draw_curve(ax, curves.training, "training", linestyle="--", color=_ORANGE)
    if curves.validation is not None:
        _draw_curve(ax, curves.validation, "validation", linestyle="-", color=_BLUE)
    if curves.best_epoch is not None:
        label = f"best epoch: {curves.best_epoch}"
        ax.axvline(curves.best_epoch, color=_BLACK, linestyle=":", label=label)
    if curves.wide:
        ax.set_yscale("log")
    _finish(ax, x="epoch", y="loss")
    ax.legend()
    ax.set_title("Training history")
    return ax


@dataclass(frozen=True)
class _Trace:
    """What `plot_search` draws, all of shape (n_candidates,)."""

    score: np.ndarray
    std: np.ndarray
    best_so_far: np.ndarray
    failed: np.ndarray
    off_scale: np.ndarray


def _trace(cv_results: Mapping[str, Any], metric: str) -> _Trace:
    score = np.asarray(cv_results[f"mean_test_{metric}"], dtype=float)
    rounds = np.asarray(cv_results.get("iter", np.zeros(len(score))))
    best_so_far = np.empty_like(score)
    for number in np.unique(rounds):
        best_so_far[rounds == number] = np.fmax.accumulate(score[rounds == number])
    return _Trace(
        score=score,
        std=np.asarray(cv_results[f"std_test_{metric}"], dtype=float),
        best_so_far=best_so_far,
        failed=np.isnan(score),
        off_scale=score < _lowest_shown(score[np.isfinite(score)]),
    )


def _lowest_shown(scores: np.ndarray) -> float:
    """Find the score below which candidates would hide the differences of the rest.

    Ten times the range of the upper three quarters: these then keep a tenth of the
    height or more, and only scores off by an order of magnitude are not drawn.
    """
    if not len(scores):
        return -np.inf
    lower_quartile = np.quantile(scores, 0.25)
    upper_range = scores.max() - lower_quartile
    return lower_quartile - 10 * upper_range if upper_range > 0 else -np.inf


def _draw_scores(ax: Axes, trace: _Trace) -> None:
    candidate = np.arange(len(trace.score))
    shown = ~(trace.failed | trace.off_scale)
    if not shown.any():
        ax.set_yticks([])
        return
    x, y, std = candidate[shown], trace.score[shown], trace.std[shown]
    size = 5 if len(candidate) <= 100 else 2.5
    ax.errorbar(x, y, yerr=std, fmt="none", ecolor=(_BLUE, 0.35))
    ax.plot(x, y, "o", color=_BLUE, markersize=size, label="candidate")
    ax.step(
        candidate,
        trace.best_so_far,
        where="post",
        color=_ORANGE,
        linewidth=2,
        label="best so far",
        zorder=1,
    )
    if trace.off_scale.any():
        # By the points, not the error bars: the bar of a score near the edge may be
        # as long as the scores left out are low.
        ax.set_ylim(bottom=y.min() - 0.1 * np.ptp(y))


def _draw_without_score(ax: Axes, trace: _Trace) -> None:
    """Mark candidates that have no place on the score axis, in a strip below it."""
    if not (trace.failed | trace.off_scale).any():
        return
    top, high = ax.get_ylim()
    bottom = top - _STRIP * (high - top)
    # Over the error bars that reach into it, below its own marks.
    ax.axhspan(bottom, top, color="0.92", zorder=2.5)
    ax.set_ylim(bottom, high)
    for mask, label, marker, color in (
        (trace.failed, "failed", "X", _VERMILION),
        (trace.off_scale, "far below", "v", _BLUE),
    ):
        candidate = np.flatnonzero(mask)
        if len(candidate):
            ax.plot(
                candidate,
                np.full(len(candidate), (bottom + top) / 2),
                linestyle="none",
                marker=marker,
                color=color,
                markersize=7,
                zorder=3,
                label=f"{label} ({len(candidate)})",
            )


def _search_title(trace: _Trace, metric: str) -> str:
    search = f"Search over {len(trace.score)} candidates"
    if trace.failed.all():
        return f"{search}: all failed"
    return f"{search}: best {metric} {trace.best_so_far[-1]:.4g}"


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
    watched = training if validation is None else validation
    drawn = np.concatenate([training, watched])
    drawn = drawn[np.isfinite(drawn)]
    return _Curves(
        training=training,
        validation=validation,
        best_epoch=None if np.isnan(watched).all() else int(np.nanargmin(watched)) + 1,
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


def _check_axes(ax: Axes | None) -> Axes:
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError(
            "Pictures need matplotlib, which could not be imported: "
            'pip install "skautogen[plots]"'
        ) from error
    if ax is None:
        # 800 x 450 pixels at matplotlib's default resolution.
        _, ax = plt.subplots(figsize=(8, 4.5), layout="constrained")
    return ax


def _finish(ax: Axes, *, x: str, y: str) -> None:
    from matplotlib.ticker import MaxNLocator

    ax.set_xlabel(x)
    ax.set_ylabel(y)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.grid(alpha=0.3)
    ax.set_axisbelow(True)
