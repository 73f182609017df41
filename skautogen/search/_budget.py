"""The time that a fit has."""

from __future__ import annotations

import math
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

    @property
    def left(self) -> float:
        """Seconds until the limit; negative after it, infinite without one."""
        return math.inf if self.time_limit is None else self.time_limit - self.elapsed
