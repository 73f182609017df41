"""How a search and the training on all rows share the time of a fit."""

from __future__ import annotations

import math

import pytest

from skautogen.search._deadlines import Deadlines


class StoppedClock:
    """A budget whose time the test sets."""

    def __init__(self, time_limit, elapsed=0.0):
        self.time_limit, self.elapsed = time_limit, elapsed

    @property
    def left(self):
        return math.inf if self.time_limit is None else self.time_limit - self.elapsed


@pytest.mark.parametrize(
    ("time_limit", "elapsed", "left"),
    [(100, 60, 15), (100, 75, 0), (100, 500, -425), (None, 1e9, math.inf)],
)
def test_search_leaves_time_for_the_refit(time_limit, elapsed, left):
    deadlines = Deadlines(StoppedClock(time_limit, elapsed))
    assert deadlines.left_for_the_search() == left


@pytest.mark.parametrize(("begins", "ends"), [(50, 92), (90, 100), (200, 210)])
def test_refit_leaves_a_little_or_has_a_tenth_of_the_limit(begins, ends):
    clock = StoppedClock(100, begins)
    seconds_left = Deadlines(clock).of_the_refit()
    assert seconds_left() == ends - begins
    clock.elapsed = ends
    assert seconds_left() == 0


def test_refit_has_all_time_without_a_limit():
    clock = StoppedClock(None)
    seconds_left = Deadlines(clock).of_the_refit()
    clock.elapsed = 1e9
    assert seconds_left() == math.inf
