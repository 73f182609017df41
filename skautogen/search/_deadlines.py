"""How a search and the training on all rows after it share the time of a fit."""

from __future__ import annotations

import math
from collections.abc import Callable

from ._budget import Budget

# Shares of the time limit that are kept for what comes after the search: all of it, and
# what comes after the training on all rows, which is choosing the networks that answer
# together.
_SHARE_AFTER, _SHARE_LAST = 0.25, 0.08
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
        limit = budget.time_limit or 0.0
        end = max(_SHARE_AT_LEAST * limit, budget.left - _SHARE_LAST * limit)
        start = budget.left
        return lambda: end if math.isinf(start) else end - (start - budget.left)

    def allow(self, seconds: float) -> bool:
        """Whether so many seconds more are within the limit."""
        return seconds <= self._budget.left
