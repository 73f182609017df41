"""How a search and the training on all rows share the time of a fit."""

from __future__ import annotations

import pytest

from skautogen.search._deadlines import Deadlines


class StoppedClock:
    """A budget whose time the test sets."""

    def __init__(self, time_limit, elapsed=0.0):
        self.time_limit, self.elapsed = time_limit, elapsed

    def allows(self, seconds):
        return self.time_limit is None or self.elapsed + seconds <= self.time_limit


@pytest.mark.parametrize(
    ("time_limit", "elapsed", "ends"),
    [(100, 69, False), (100, 71, True), (100, 500, True), (None, 1e9, False)],
)
def test_search_ends_in_time_for_the_refit(time_limit, elapsed, ends):
    deadlines = Deadlines(StoppedClock(time_limit, elapsed))
    assert deadlines.is_time_for_the_refit() is ends


@pytest.mark.parametrize(("begins", "ends"), [(50, 100), (98, 105), (200, 207)])
def test_refit_has_the_rest_or_as_long_as_the_longest_call(begins, ends):
    clock = StoppedClock(100)
    deadlines = Deadlines(clock)
    for seconds in (3, 7, 5):
        deadlines.took(seconds)
    clock.elapsed = begins
    expired = deadlines.of_the_refit()
    clock.elapsed = ends - 0.1
    assert not expired()
    clock.elapsed = ends + 0.1
    assert expired()


def test_refit_has_all_time_without_a_limit():
    clock = StoppedClock(None)
    expired = Deadlines(clock).of_the_refit()
    clock.elapsed = 1e9
    assert not expired()
