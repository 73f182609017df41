"""The time that a fit has."""

from __future__ import annotations

import time


class Budget:
    """Seconds that a fit may take, counted from the making of this object.

    Parameters
    ----------
    time_limit : float or None
        Seconds; ``None`` is no limit.
    """

    def __init__(self, time_limit: float | None) -> None:
        self.time_limit = time_limit
        self._start = time.perf_counter()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._start

    def allows(self, seconds: float) -> bool:
        """Whether so many seconds more are within the limit."""
        return self.time_limit is None or self.elapsed + seconds <= self.time_limit
