"""Pictures of all candidates of a search; need the extra ``plots`` (matplotlib)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .._spelling import unknown_name
from ._axes import BLUE, ORANGE, check_axes, finish, plain
from ._candidates import Trace, read_seconds, read_trace
from ._hyperparameters import read_hyperparameters
from ._leaderboard import check_refit_metric
from ._marks import draw_marks, make_strip
from ._plot_params import draw_params

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_search(
    cv_results: Mapping[str, Any],
    *,
    x: str = "order",
    ax: Axes | None = None,
    refit_metric: str = "score",
) -> Any:
    """Draw the score of each candidate of a search.

    Choose it to see whether the search had settled (the line of the best so far is
    flat at its end) or would gain from more candidates, whether the differences
    stand out from the spread over the folds, and which values of a hyper-parameter did
    well. `leaderboard` has the numbers.

    Parameters
    ----------
    cv_results : dict
        The ``cv_results_`` of a fitted scikit-learn search.
    x : str, default="order"
        What scores are drawn against: ``"order"``, the order in which candidates were
        tried; ``"time"``, the seconds of training up to the end of each; ``"params"``,
        each hyper-parameter in which candidates differ, in a panel of its own; or the
        name of one hyper-parameter (``"param_time"`` where the name alone means
        something else). A hyper-parameter ``structure`` whose values are structures
        of networks is drawn by ``"structure: blocks"`` and the like.
    ax : matplotlib.axes.Axes, default=None
        Where to draw; panels share its place. None makes a new figure through pyplot,
        of 800 x 450 pixels or as large as its panels.
    refit_metric : str, default="score"
        The metric to draw, as in `leaderboard`.

    Returns
    -------
    matplotlib.axes.Axes, or ndarray of Axes of shape (n_panels,) for ``x="params"``
        The axes drawn on; ``.figure.savefig("search.png")`` saves the picture.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If `refit_metric` is not a metric of `cv_results`, or `x` is none of the above;
        for ``x="params"`` if the search had no hyper-parameters.

    See Also
    --------
    leaderboard : The same as a table.
    plot_param_importances : How much hyper-parameters mattered, as one number each.
    plot_history : The course of one training.

    Notes
    -----
    Points are means over the folds, error bars one standard deviation. A candidate
    that failed in some fold has no score and is a cross in the strip at the bottom.
    Scores so low that they would hide the differences between all others (a
    regression that diverged) are triangles there. In a halving search the best so far
    starts anew in each round, because scores found with different resources are not
    comparable; against hyper-parameters, earlier rounds are paler.

    The seconds of ``x="time"`` are those that the trainings took, added up:
    trainings that ran side by side took less by the clock.

    Numbers that span a factor of 10 or more have a logarithmic axis. Candidates
    without a value are in a strip of their own, at the left. ``"params"`` leaves out
    names of which nearly every candidate has one of its own: nothing is to be compared.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import GridSearchCV
    >>> from sklearn.svm import SVC
    >>> from skautogen.report import plot_search
    >>> X, y = load_iris(return_X_y=True)
    >>> grid = {"C": [0.01, 1.0, 100.0]}
    >>> search = GridSearchCV(SVC(), grid, cv=3).fit(X, y)
    >>> ax = plot_search(search.cv_results_)
    >>> ax.get_title()
    'Search over 3 candidates: best score 0.9733'
    >>> plot_search(search.cv_results_, x="C").get_xscale()
    'log'
    """
    check_refit_metric(cv_results, refit_metric)
    trace = read_trace(cv_results, refit_metric)
    if x not in ("order", "time"):
        return _against_params(cv_results, x, trace, ax, refit_metric)
    ax = check_axes(ax)
    if x == "time":
        place, label = read_seconds(cv_results), "seconds of training, added up"
    else:
        place, label = np.arange(len(trace.score)), "candidate, in the order tried"
    _draw_scores(ax, trace, place)
    draw_marks(ax, trace, place, make_strip(ax, trace))
    finish(ax, x=label, y=f"{refit_metric} (mean ± std)", whole_x=x == "order")
    # Points may be anywhere: the legend goes above them, the title above the legend.
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4, frameon=False)
    ax.set_title(plain(_search_title(trace, refit_metric)), pad=26)
    return ax


def _against_params(
    cv_results: Mapping[str, Any],
    x: str,
    trace: Trace,
    ax: Axes | None,
    metric: str,
) -> Any:
    every = read_hyperparameters(cv_results)
    if x == "params":
        if not every:
            raise ValueError(
                "x='params' asks for a panel for each hyper-parameter, and this search "
                "had none. Draw against 'order' or 'time'."
            )
        varied = [each for each in every if each.varies]
        shown = [each for each in varied if not each.is_all_distinct]
        shown = shown or varied or every
        return draw_params(shown, trace, ax, metric)
    by_name = {each.name: each for each in every}
    name = x if x in by_name else x.removeprefix("param_")
    if name not in by_name:
        raise ValueError(unknown_name("x", x, ["order", "time", "params", *by_name]))
    return draw_params([by_name[name]], trace, ax, metric)[0]


def _draw_scores(ax: Axes, trace: Trace, x: np.ndarray) -> None:
    shown = ~(trace.failed | trace.off_scale)
    if not shown.any():
        ax.set_yticks([])
        return
    y, std = trace.score[shown], trace.std[shown]
    size = 5 if len(x) <= 100 else 2.5
    ax.errorbar(x[shown], y, yerr=std, fmt="none", ecolor=(BLUE, 0.35))
    ax.plot(x[shown], y, "o", color=BLUE, markersize=size, label="candidate")
    ax.step(
        x,
        trace.best_so_far,
        where="post",
        color=ORANGE,
        linewidth=2,
        label="best so far",
        zorder=1,
    )
    if trace.off_scale.any():
        # By the points, not the error bars: the bar of a score near the edge may be
        # as long as the scores left out are low.
        ax.set_ylim(bottom=y.min() - 0.1 * np.ptp(y))


def _search_title(trace: Trace, metric: str) -> str:
    n = trace.n_tried
    search = f"Search over {n} candidate{'s' * (n != 1)}"
    if trace.best is None:
        return f"{search}: all failed"
    return f"{search}: best {metric} {trace.score[trace.best]:.4g}"
