"""The picture of what hyper-parameters mattered; needs the extra ``plots``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._axes import BLUE, GREY, check_axes, finish, plain, shorten, tell
from ._param_importances import Importances, estimate_importances

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_BARS = 15
_MOST_LETTERS = 30


def plot_param_importances(
    cv_results: Mapping[str, Any],
    *,
    ax: Axes | None = None,
    refit_metric: str = "score",
) -> Axes:
    """Draw how much each hyper-parameter mattered to the score.

    Parameters
    ----------
    cv_results : dict
        The ``cv_results_`` of a fitted scikit-learn search.
    ax : matplotlib.axes.Axes, default=None
        Where to draw. None makes a new figure of 800 x 450 pixels through pyplot.
    refit_metric : str, default="score"
        The metric that is explained, as in `leaderboard`.

    Returns
    -------
    matplotlib.axes.Axes
        With a bar for each hyper-parameter in which candidates differ, the 15 most
        important; lines are one standard deviation. Where there is too little to tell
        from, it has a sentence that says so, and no bar.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If `refit_metric` is not a metric of `cv_results`.

    See Also
    --------
    param_importances : The numbers, and how they are found.
    plot_search : With ``x="params"``, which values did well.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import GridSearchCV
    >>> from sklearn.svm import SVC
    >>> from skautogen.report import plot_param_importances
    >>> X, y = load_iris(return_X_y=True)
    >>> search = GridSearchCV(SVC(), {"C": [0.01, 1.0]}, cv=3).fit(X, y)
    >>> ax = plot_param_importances(search.cv_results_)
    >>> print(ax.texts[0].get_text())
    Too few candidates to tell: 2 with a score, and at least 10 are needed.
    """
    found = estimate_importances(cv_results, refit_metric)
    ax = check_axes(ax)
    ax.set_title(plain(f"Importance of hyper-parameters for {refit_metric}"))
    draw_importances(ax, found)
    return ax


def draw_importances(ax: Axes, found: Importances) -> None:
    """Draw what could be told, or say why there is nothing.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    found : Importances
    """
    if found.table is None:
        tell(ax, f"{found.why_not[0].upper()}{found.why_not[1:]}.")
        return
    table = found.table.head(MOST_BARS)
    names = [shorten(each, _MOST_LETTERS) for each in table.index]
    places = range(len(table))
    lengths = table["importance"].clip(lower=0)
    ax.barh(places, lengths, xerr=table["std"], color=BLUE, ecolor=GREY)
    ax.set_yticks(places, names)
    ax.invert_yaxis()
    told = found.table.attrs["r2"]
    n = len(found.table)
    cut = f"; the first {len(table)} of {n}" if len(table) < n else ""
    finish(
        ax,
        x="share of the variance of the score that is due to it\n"
        f"({found.n_candidates} candidates; all together explain {told:.0%} of it"
        f"{cut})",
        y="",
    )
    ax.grid(visible=False, axis="y")
    ax.set_xlim(left=0)
