"""The part of the page about the search."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from ._candidates import read_hyperparameters, read_trace
from ._html import (
    Html,
    element,
    join,
    paragraph,
    table,
)
from ._naming import name_of_metric
from ._param_importances import estimate_importances
from ._pictures import picture
from ._plot_importances import draw_importances
from ._plot_params import draw_params
from ._plot_search import plot_search

# Candidates, and panels, that are shown; sizes of pictures, in inches.
_MOST_CANDIDATES, _MOST_PANELS = 15, 18
_PICTURE, _PANEL = (5.0, 3.3), (3.0, 2.4)


def search_section(estimator: Any) -> Html:
    """The leaderboard, and pictures of the search."""
    results, metric = estimator.cv_results_, estimator._refit_metric()
    draw = partial(plot_search, results, refit_metric=metric)
    pictures = [
        picture(
            draw,
            _PICTURE,
            alt="Score of each candidate in the order tried, and the best so far.",
            caption="Points are means over the folds, lines one standard deviation.",
        ),
        picture(
            partial(draw, x="time"),
            _PICTURE,
            alt="Score of each candidate against the seconds of training.",
            caption="The same against what the trainings cost; trainings that ran side "
            "by side took less by the clock.",
        ),
    ]
    return join(
        [
            paragraph(_story(estimator)),
            # A single candidate makes no curve.
            element("div", join(pictures), class_="pictures")
            if len(results["params"]) > 1
            else "",
            _leaderboard(estimator),
            _hyperparameters(results, metric),
        ]
    )


def _story(estimator: Any) -> str:
    trace = read_trace(estimator.cv_results_, estimator._refit_metric())
    n, failed = len(trace.score), int(trace.failed.sum())
    search = type(estimator.search_)
    plain = next(
        base.__name__
        for base in search.__mro__
        if base.__module__.startswith("sklearn.")
    )
    story = (
        f"scikit-learn's {plain} (search={estimator.search!r}) tried {n} "
        f"candidate{'s' * (n != 1)} on {estimator.search_.n_splits_} folds; "
        f"{name_of_metric(estimator)} chose the best."
    )
    if "iter" in estimator.cv_results_:
        story += (
            f" Those are scores of {len(np.unique(trace.rounds))} rounds: the best of "
            "each were scored again, with more of the resource."
        )
    if failed:
        story += f" {failed} of them failed, and have no score."
    cut_short = np.sum(estimator.cv_results_.get("cut_short", False))
    if cut_short:
        story += (
            f" The time limit ended trainings of {cut_short} before their last epoch."
        )
    return story


def _leaderboard(estimator: Any) -> Html:
    board = estimator.leaderboard()
    shown = board.head(_MOST_CANDIDATES)
    rows = [
        [index, *row]
        for index, row in zip(shown.index, shown.to_numpy(dtype=object), strict=True)
    ]
    of_all = f" The best {len(shown)} of {len(board)}." * (len(shown) < len(board))
    pieces = [
        element("h3", "Leaderboard"),
        paragraph(
            "A row a candidate, its number that of cv_results_. Candidates whose "
            f"scores differ by less than score_std may differ by chance.{of_all}",
            is_note=True,
        ),
        table(["candidate", *board.columns], rows, name="Leaderboard", best=0),
    ]
    return element("div", join(pieces), class_="board")


def _hyperparameters(results: Mapping[str, Any], metric: str) -> Html:
    varied = [each for each in read_hyperparameters(results) if each.varies]
    if not varied:
        return Html("")
    trace = read_trace(results, metric)
    pieces = []
    for each in varied[:_MOST_PANELS]:

        def draw(ax: Any, parameter: Any = each) -> None:
            [panel] = draw_params([parameter], trace, ax, metric)
            panel.get_legend().remove()

        pieces.append(picture(draw, _PANEL, alt=f"Score against {each.name}."))
    found = estimate_importances(results, metric)
    told: Html = paragraph(
        f"Importance of hyper-parameters: {found.why_not}.", is_note=True
    )
    if found.table is not None:
        height = 1.1 + 0.22 * min(len(found.table), 15)
        told = picture(
            lambda ax: draw_importances(ax, found),
            (6.0, height),
            alt="Importance of each hyper-parameter.",
            caption="How much of the differences between scores is due to each "
            "hyper-parameter, within the range that was searched.",
        )
    return join(
        [
            element("h3", "Hyper-parameters"),
            told,
            element("div", join(pieces), class_="pictures small"),
            paragraph(
                "A point a candidate; the star is the best, crosses at the bottom have "
                "failed, triangles there are far below.",
                is_note=True,
            ),
        ]
    )
