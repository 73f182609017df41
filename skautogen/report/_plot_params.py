"""Scores against hyper-parameters, a small panel each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ._axes import BLUE, ORANGE, finish, shorten, split_axes, text_is_long
from ._candidates import Trace
from ._hyperparameters import HyperParameter
from ._marks import draw_marks, make_strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

# From this factor between the largest and the smallest on, an axis is logarithmic.
_WIDE = 10.0
# So many values with a 0 among them stand side by side instead.
_FEW_VALUES = 8
# The share of the width that candidates without a value have to themselves.
_NOT_SET = 0.2
_MOST_LETTERS, _LETTERS_OF_A_PANEL = 16, 26


def draw_params(
    hyperparameters: Sequence[HyperParameter],
    trace: Trace,
    ax: Axes | None,
    metric: str,
) -> np.ndarray:
    """Draw the scores against each of some hyper-parameters.

    Parameters
    ----------
    hyperparameters : sequence of HyperParameter
    trace : Trace
    ax : matplotlib.axes.Axes or None
    metric : str
        Name of the scores.

    Returns
    -------
    axes : ndarray of Axes of shape (n_hyperparameters,)
    """
    n_panels = len(hyperparameters)
    panel = (3.4, 2.7) if n_panels > 1 else (8.0, 4.5)
    # Two rows of two are read more easily than a row of three and one.
    n_columns = 2 if n_panels == 4 else 3
    panels = split_axes(ax, n_panels, n_columns=n_columns, panel=panel, share_y=True)
    places = [_find_places(each, trace.score) for each in hyperparameters]
    for ax, where in zip(panels, places, strict=True):
        _draw_scores(ax, where, trace)
    # All panels have one scale upwards, which the strip widens once.
    strip = make_strip(panels[0], trace)
    for number, (ax, where) in enumerate(zip(panels, places, strict=True)):
        draw_marks(ax, trace, where.x, strip, size=6)
        in_first_column = number % n_columns == 0
        finish(ax, x=hyperparameters[number].name, y=metric if in_first_column else "")
        ax.tick_params(labelleft=in_first_column)
        _mark_axis(ax, where)
    if trace.best is None:
        panels[0].set_yticks([])
    panels[0].legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.06),
        ncols=4,
        frameon=False,
        borderaxespad=0.2,
        handletextpad=0.1,
        columnspacing=0.8,
    )
    return panels


@dataclass(frozen=True)
class _Places:
    """Where candidates stand along one hyper-parameter.

    Attributes
    ----------
    x : ndarray of shape (n_candidates,)
    scale : {"linear", "log", "symlog"}
    ticks : list of str or None
        Names of the places 0, 1, ... where they stand side by side.
    edge : float or None
        Up to where candidates without a value stand, if some do.
    """

    x: np.ndarray
    scale: str
    ticks: list[str] | None
    edge: float | None = None


def _find_places(parameter: HyperParameter, score: np.ndarray) -> _Places:
    if not parameter.is_numeric or not parameter.is_set.any():
        return _side_by_side(parameter, score)
    numbers = parameter.numbers[parameter.is_set]
    if not parameter.is_set.all() and len(np.unique(numbers)) == 1:
        return _side_by_side(parameter, score)
    size = np.abs(numbers[numbers != 0])
    is_wide = len(size) > 0 and size.max() >= _WIDE * size.min()
    if is_wide and (numbers > 0).all():
        return _along_an_axis(parameter, "log")
    if is_wide and len(np.unique(numbers)) <= _FEW_VALUES:
        return _side_by_side(parameter, score)
    return _along_an_axis(parameter, "symlog" if is_wide else "linear")


def _along_an_axis(parameter: HyperParameter, scale: str) -> _Places:
    x = parameter.numbers
    if parameter.is_set.all():
        return _Places(x, scale, None)
    forth, back = (np.log, np.exp) if scale == "log" else (np.asarray, np.asarray)
    low, high = forth(np.nanmin(x)), forth(np.nanmax(x))
    span = high - low
    x = np.where(parameter.is_set, x, back(low - _NOT_SET * span))
    return _Places(x, scale, None, edge=float(back(low - _NOT_SET / 2 * span)))


def _side_by_side(parameter: HyperParameter, score: np.ndarray) -> _Places:
    names = parameter.names
    distinct = _in_order(parameter)
    x = np.array([distinct.index(each) for each in names], dtype=float)
    for place in range(len(distinct)):
        # Equal scores would hide each other.
        mine = np.flatnonzero(x == place)
        mine = mine[np.argsort(score[mine], kind="stable")]
        if len(mine) > 1:
            x[mine] += 0.08 * (np.arange(len(mine)) % 5 - 2)
    return _Places(x, "linear", [shorten(each, _MOST_LETTERS) for each in distinct])


def _in_order(parameter: HyperParameter) -> list[str]:
    """The distinct names, in the order of their values where these have one."""
    pairs = {
        name: value
        for name, value, is_set in zip(
            parameter.names, parameter.values, parameter.is_set, strict=True
        )
        if is_set
    }
    try:
        names = sorted(pairs, key=pairs.__getitem__)
    except (TypeError, ValueError):  # of arrays, whose comparison is no yes or no
        names = sorted(pairs)
    return names if parameter.is_set.all() else ["not set", *names]


def _draw_scores(ax: Axes, places: _Places, trace: Trace) -> None:
    shown = ~(trace.failed | trace.off_scale)
    # Rounds of a halving search that are not the last are not comparable with it.
    is_last = trace.rounds == trace.rounds.max()
    for mask, alpha, name in (
        (shown & ~is_last, 0.35, "earlier round"),
        (shown & is_last, 0.8, "candidate"),
    ):
        if mask.any():
            ax.plot(
                places.x[mask],
                trace.score[mask],
                "o",
                color=BLUE,
                alpha=alpha,
                markersize=5,
                markeredgewidth=0,
                label=name,
            )
    if trace.best is not None:
        best = [trace.best]
        ax.plot(
            places.x[best],
            trace.score[best],
            "*",
            color=ORANGE,
            markeredgecolor="black",
            markeredgewidth=0.6,
            markersize=12,
            zorder=4,
            label="best",
        )


def _mark_axis(ax: Axes, places: _Places) -> None:
    if places.ticks is not None:
        _name_places(ax, places.ticks)
        return
    if places.scale == "symlog":
        least = np.abs(places.x[places.x != 0]).min()
        ax.set_xscale("symlog", linthresh=least)
    elif places.scale == "log":
        ax.set_xscale("log")
    else:
        ax.locator_params(axis="x", nbins=5)
    if places.edge is not None:
        left, right = ax.get_xlim()
        ax.axvspan(left, places.edge, color="0.92", zorder=0)
        ax.set_xlim(left, right)
        ax.text(
            left,
            1.01,
            "not set",
            transform=ax.get_xaxis_transform(),
            ha="left",
            va="bottom",
            fontsize="x-small",
            color="0.35",
        )


def _name_places(ax: Axes, names: list[str]) -> None:
    ax.set_xlim(-0.5, len(names) - 0.5)
    is_long = text_is_long(names, most=_LETTERS_OF_A_PANEL)
    ax.set_xticks(
        range(len(names)),
        names,
        rotation=35 if is_long else 0,
        ha="right" if is_long else "center",
        rotation_mode="anchor",
        fontsize="small" if len(names) <= 12 else "xx-small",
    )
