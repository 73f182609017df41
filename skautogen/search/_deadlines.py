"""How a search and the training on all rows after it share the time of a fit."""

from __future__ import annotations

from collections.abc import Callable

from ._budget import Budget

# Share of the time limit after which trainings of the search that are still under way
# end where they are. The rest is for the training on all rows.
_SEARCH_SHARE = 0.7


class Deadlines:
    """Says when trainings have to end, and which are not worth beginning.

    Parameters
    ----------
    budget : Budget
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._longest = 0.0

    @property
    def reason(self) -> str:
        """Why something is ended, in the user's words."""
        return f"time_limit={self._budget.time_limit} s"

    def took(self, seconds: float) -> None:
        """Take note of how long a call into the engine took."""
        self._longest = max(self._longest, seconds)

    def is_time_for_the_refit(self) -> bool:
        """Whether trainings of the search must end where they are."""
        limit = self._budget.time_limit
        return limit is not None and not self._budget.allows(
            (1 - _SEARCH_SHARE) * limit
        )

    def of_the_refit(self) -> Callable[[], bool]:
        """What says whether the training on all rows must end where it is.

        It may end with the time limit, but has as long as any call before it took:
        whatever the time, there must be a model at the end that is worth having.
        """
        limit = self._budget.time_limit
        if limit is None:
            return lambda: False
        end = max(limit, self._budget.elapsed + self._longest)
        return lambda: self._budget.elapsed > end

    def allows(self, seconds: float) -> bool:
        """Whether so many seconds more are within the limit."""
        return self._budget.allows(seconds)
