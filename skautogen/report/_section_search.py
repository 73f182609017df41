"""The part of the page about the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from ._candidates import Trace, read_trace
from ._html import (
    Html,
    details,
    element,
    join,
    paragraph,
    table,
)
from ._hyperparameters import HyperParameter, read_hyperparameters
from ._naming import name_of, name_of_metric
from ._param_importances import estimate_importances
from ._pictures import picture
from ._plot_importances import MOST_BARS, draw_importances
from ._plot_params import draw_params
from ._plot_search import plot_search

# Candidates, and panels, that are shown; sizes of pictures, in inches.
_MOST_CANDIDATES, _MOST_PANELS = 15, 18
_PICTURE, _PANEL = (5.0, 3.3), (3.0, 2.4)


def search_section(estimator: Any) -> Html:
    """The leaderboard, and pictures of the search."""
    results, metric = estimator.cv_results_, estimator._refit_metric()
    trace = read_trace(results, metric)
    best = "none has a score"
    if trace.best is not None:
        best = f"the best {trace.score[trace.best]:.4g}, number {trace.best}"
    draw = partial(plot_search, results, refit_metric=metric)
    pictures = [
        picture(
            draw,
            _PICTURE,
            alt="Score of each candidate in the order tried, and the best so far: "
            f"{best}.",
            caption="Points are means over the folds, lines one standard deviation.",
        ),
        picture(
            partial(draw, x="time"),
            _PICTURE,
            alt=f"Score of each candidate against the seconds of training: {best}.",
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
    n, failed = trace.n_tried, int(trace.failed.sum())
    story = (
        f"{_name_of_search(estimator)} tried {n} "
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


def _name_of_search(estimator: Any) -> str:
    proposer = getattr(estimator.search_, "proposer", None)
    if proposer is not None:
        name = type(proposer).__name__
    else:
        name = "scikit-learn's " + next(
            base.__name__
            for base in type(estimator.search_).__mro__
            if base.__module__.startswith("sklearn.")
        )
    named = isinstance(estimator.search, str)
    return f"{name} (search={estimator.search!r})" if named else name


def _leaderboard(estimator: Any) -> Html:
    board = estimator.leaderboard()
    shown = board.head(_MOST_CANDIDATES)
    searched = {key.removeprefix("param_") for key in estimator.cv_results_}
    rows = [
        [
            index,
            *(
                name_of(value)
                if column in searched and isinstance(value, float) and value == value
                else value
                for column, value in zip(shown.columns, row, strict=True)
            ),
        ]
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
        table(
            ["candidate", *board.columns],
            rows,
            name="Leaderboard",
            best=0,
            is_wide=True,
        ),
    ]
    return element("div", join(pieces), class_="board")


def _say_best(parameter: HyperParameter, trace: Trace) -> str:
    if trace.best is None:
        return "none has a score"
    return f"the best has {parameter.names[trace.best]}"


def _hyperparameters(results: Mapping[str, Any], metric: str) -> Html:
    varied = [each for each in read_hyperparameters(results) if each.varies]
    if not varied:
        return Html("")
    return join(
        [
            element("h3", "Hyper-parameters"),
            _importances(results, metric),
            *_panels(varied, read_trace(results, metric), metric),
        ]
    )


def _importances(results: Mapping[str, Any], metric: str) -> Html:
    found = estimate_importances(results, metric)
    if found.table is None:
        return paragraph(
            f"Importance of hyper-parameters: {found.why_not}.", is_note=True
        )
    drawn = picture(
        lambda ax: draw_importances(ax, found),
        (6.0, 1.1 + 0.22 * min(len(found.table), MOST_BARS)),
        alt=f"Bars of importance, the longest is that of {found.table.index[0]}.",
        caption="How much of the differences between scores is due to each "
        "hyper-parameter, within the range that was searched.",
    )
    numbers = table(
        ["hyper-parameter", "importance", "standard deviation"],
        list(found.table.itertuples(index=True, name=None)),
        name="Importance of hyper-parameters",
    )
    return join([drawn, details("the numbers", numbers)])


def _panels(
    varied: Sequence[HyperParameter], trace: Trace, metric: str
) -> tuple[Html, Html]:
    """A picture for each hyper-parameter, and what there is to say of them."""
    left_out = [each.name for each in varied if each.is_all_distinct]
    drawn = [each for each in varied if not each.is_all_distinct]
    notes = [
        "A point a candidate; the star is the best, crosses at the bottom have failed, "
        "triangles there are far below."
    ]
    if len(drawn) > _MOST_PANELS:
        notes.append(f"The first {_MOST_PANELS} of {len(drawn)} hyper-parameters.")
    if left_out:
        notes.append(
            f"Left out: {', '.join(left_out)}, of which nearly every candidate has a "
            "value of its own."
        )
    pictures = [_panel(each, trace, metric) for each in drawn[:_MOST_PANELS]]
    return (
        element("div", join(pictures), class_="pictures small"),
        paragraph(" ".join(notes), is_note=True),
    )


def _panel(parameter: HyperParameter, trace: Trace, metric: str) -> Html:
    def draw(ax: Any) -> None:
        [panel] = draw_params([parameter], trace, ax, metric)
        panel.get_legend().remove()

    return picture(
        draw,
        _PANEL,
        alt=f"Points: score of each candidate against {parameter.name}; "
        f"{_say_best(parameter, trace)}.",
    )
