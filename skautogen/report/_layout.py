"""Where the boxes of a graph stand: in rows from the top, few arrows crossing.

The layered layout of Sugiyama, Tagawa and Toda (IEEE Transactions on Systems, Man, and
Cybernetics 11, 1981) in its simplest form. A box stands a row below the lowest of those
that point to it. An arrow that passes rows gets a narrow place in each of them, so that
it goes around boxes and not through them.

Notation: place k stands in row r, the rows from the top down and y upwards, so that the
top row ends at y = 0. Places 0 .. n - 1 are the boxes, those after them are of arrows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

# Room between boxes side by side, and between rows; width of an arrow's place; inches.
_BESIDE, _BETWEEN, _ARROW = 0.3, 0.34, 0.16
_N_SWEEPS = 12
# A box follows its neighbours that much more than the place of an arrow does, so that
# it is the arrow which bends.
_WEIGHT = 100.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Where everything stands, in inches.

    Attributes
    ----------
    centres : list of (float, float)
        Middle of the upper edge of each box.
    routes : list of list of (float, float)
        The points that each arrow goes through, from the lower edge of a box to the
        upper edge of another.
    width, height : float
        Of the whole; it goes from x = 0 to `width`, and from y = -`height` to 0.
    """

    centres: list[Point]
    routes: list[list[Point]]
    width: float
    height: float


def arrange(sizes: Sequence[Point], arrows: Sequence[tuple[int, int]]) -> Layout:
    """Arrange the boxes of a graph.

    Parameters
    ----------
    sizes : sequence of (float, float)
        Width and height of each box, in inches; one or more.
    arrows : sequence of (int, int)
        From box to box, without a circle.

    Returns
    -------
    layout : Layout

    Examples
    --------
    >>> from skautogen.report._layout import arrange
    >>> upper, lower = arrange([(1.0, 0.5), (1.0, 0.5)], [(0, 1)]).centres
    >>> upper, lower[0], lower[1] < -0.5
    ((0.5, 0.0), 0.5, True)
    """
    row_of, chains = _with_places_of_arrows(_find_rows(len(sizes), arrows), arrows)
    widths = [size[0] for size in sizes] + [_ARROW] * (len(row_of) - len(sizes))
    rows: list[list[int]] = [[] for _ in range(max(row_of) + 1)]
    for place, row in enumerate(row_of):
        rows[row].append(place)
    links = [link for chain in chains for link in pairwise(chain)]
    neighbours = _neighbours(len(row_of), links)
    rows = _ordered(rows, neighbours, row_of)
    x = _find_x(rows, neighbours, row_of, np.array(widths), len(sizes))
    _straighten(x, rows, row_of, chains, np.array(widths))
    return _measured(sizes, rows, chains, x, widths)


def _find_rows(n: int, arrows: Sequence[tuple[int, int]]) -> list[int]:
    """The row of each box: one below the lowest of those that point to it."""
    row = [0] * n
    for _ in range(n):
        lower = [(end, row[start] + 1) for start, end in arrows]
        changed = [(end, wanted) for end, wanted in lower if row[end] < wanted]
        if not changed:
            break
        for end, wanted in changed:
            row[end] = max(row[end], wanted)
    return row


def _with_places_of_arrows(
    row_of: Sequence[int], arrows: Sequence[tuple[int, int]]
) -> tuple[list[int], list[list[int]]]:
    """The rows of all places, and the places that each arrow goes through."""
    row_of, chains = list(row_of), []
    for start, end in arrows:
        passed = range(row_of[start] + 1, row_of[end])
        first = len(row_of)
        row_of.extend(passed)
        chains.append([start, *range(first, len(row_of)), end])
    return row_of, chains


def _neighbours(n: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    neighbours: list[list[int]] = [[] for _ in range(n)]
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    return neighbours


def _ordered(
    rows: list[list[int]], neighbours: list[list[int]], row_of: Sequence[int]
) -> list[list[int]]:
    """Order each row by the mean place of its neighbours in the row beside it."""
    place = {each: k for row in rows for k, each in enumerate(row)}
    for sweep in range(_N_SWEEPS):
        step = -1 if sweep % 2 == 0 else 1
        for row in rows if step < 0 else rows[::-1]:
            means = {
                each: np.mean(
                    [
                        place[o]
                        for o in neighbours[each]
                        if row_of[o] == row_of[each] + step
                    ]
                    or [place[each]]
                )
                for each in row
            }
            row.sort(key=means.__getitem__)
            place.update({each: k for k, each in enumerate(row)})
    return rows


def _find_x(
    rows: Sequence[Sequence[int]],
    neighbours: Sequence[Sequence[int]],
    row_of: Sequence[int],
    widths: np.ndarray,
    n_boxes: int,
) -> np.ndarray:
    """Put each place as near to its neighbours as those beside it allow."""
    from sklearn.isotonic import isotonic_regression

    x = np.zeros(len(widths))
    weight = np.where(np.arange(len(widths)) < n_boxes, _WEIGHT, 1.0)
    for sweep in range(2 * _N_SWEEPS):
        # First by those above, then by those below, and in the end by both.
        steps_seen = (
            (-1, 1) if sweep >= _N_SWEEPS else ((-1,) if sweep % 2 == 0 else (1,))
        )
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            own = np.array(row)
            wanted = x[own]
            for k, each in enumerate(row):
                near = [
                    o
                    for o in neighbours[each]
                    if row_of[o] - row_of[each] in steps_seen
                ]
                if near:
                    wanted[k] = np.average(x[near], weights=weight[near])
            if len(row) == 1:
                x[own] = wanted
                continue
            # The least squares under the distances that the widths ask for.
            steps = (widths[own][1:] + widths[own][:-1]) / 2 + _BESIDE
            offset = np.concatenate([[0.0], np.cumsum(steps)])
            x[own] = offset + isotonic_regression(
                wanted - offset, sample_weight=weight[own]
            )
    return x


def _straighten(
    x: np.ndarray,
    rows: Sequence[Sequence[int]],
    row_of: Sequence[int],
    chains: Sequence[Sequence[int]],
    widths: np.ndarray,
) -> None:
    """Put all places of an arrow one below the other, where they are all free."""
    # Short arrows first: they stay beside the boxes, and long ones go around them.
    for _, *passed, _ in sorted(chains, key=len):
        if not passed:
            continue
        taken = np.array(
            [
                (x[other] - room, x[other] + room)
                for place in passed
                for other in rows[row_of[place]]
                if other != place
                for room in [(widths[other] + widths[place]) / 2]
            ]
        ).reshape(-1, 2)
        wanted = x[passed].mean()
        places = np.array([wanted, *taken.ravel()])
        is_taken = (taken[:, 0] < places[:, None]) & (places[:, None] < taken[:, 1])
        free = places[~is_taken.any(axis=1)]
        x[passed] = free[np.abs(free - wanted).argmin()]


def _measured(
    sizes: Sequence[Point],
    rows: Sequence[Sequence[int]],
    chains: Sequence[Sequence[int]],
    x: np.ndarray,
    widths: Sequence[float],
) -> Layout:
    """Give heights to the rows, and begin at the left edge."""
    half = np.array(widths) / 2
    left, right = float((x - half).min()), float((x + half).max())
    x = x - left
    top, y = {}, 0.0
    heights = []
    for row in rows:
        heights.append(max([sizes[each][1] for each in row if each < len(sizes)]))
        top.update(dict.fromkeys(row, y))
        y -= heights[-1] + _BETWEEN
    height_of = {each: h for row, h in zip(rows, heights, strict=True) for each in row}
    routes = []
    for start, *passed, end in chains:
        route = [(float(x[start]), top[start] - sizes[start][1])]
        for each in passed:
            place = float(x[each])
            route += [(place, top[each]), (place, top[each] - height_of[each])]
        routes.append([*route, (float(x[end]), top[end])])
    centres = [(float(x[each]), top[each]) for each in range(len(sizes))]
    return Layout(centres, routes, right - left, -y - _BETWEEN)
