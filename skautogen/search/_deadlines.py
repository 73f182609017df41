"""How a search and the training on all rows after it share the time of a fit."""

from __future__ import annotations

from collections.abc import Callable

from ._budget import Budget

# Share of the time limit that is kept for what comes after the search: the training on
# all rows, and choosing and weighing the networks that answer together.
_SHARE_AFTER = 0.25
# Share of it that the training on all rows has at least, whatever the time: there must
# be a model at the end that is worth having.
_SHARE_AT_LEAST = 0.1


class Deadlines:
    """Says when trainings have to end, and which are not worth beginning.

    Parameters
    ----------
    budget : Budget
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    @property
    def reason(self) -> str:
        """Why something is ended, in the user's words."""
        return f"time_limit={self._budget.time_limit} s"

    def left_for_the_search(self) -> float:
        """Seconds until trainings of the search must end where they are."""
        return self._budget.left - _SHARE_AFTER * (self._budget.time_limit or 0.0)

    def of_the_refit(self) -> Callable[[], float]:
        """What says in how many seconds the training on all rows must end."""
        budget = self._budget
        at_least = _SHARE_AT_LEAST * (budget.time_limit or 0.0)
        overtime = max(0.0, at_least - budget.left)
        return lambda: budget.left + overtime

    def allow(self, seconds: float) -> bool:
        """Whether so many seconds more are within the limit."""
        return seconds <= self._budget.left
