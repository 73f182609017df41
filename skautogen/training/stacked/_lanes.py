"""Several stacks at once, each in a thread of its own.

A step of small models keeps one core busy and the others only now and then; the
compilation of a program keeps one. Stacks depend on nothing of each other, so that what
comes out is the same whichever goes first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Protocol


class Crowd(Protocol):
    """Something with stacks to train."""

    def open_stacks(self) -> Sequence[Trainable]:
        """Those that are not done."""
        ...

    def fail(self, error: Exception) -> None:
        """Take note that one of them ended with an error."""
        ...


class Trainable(Protocol):
    """Something that is trained little by little."""

    def advance(self, seconds_left: Callable[[], float]) -> None:
        """Train for a little while."""
        ...


def train_until(
    is_done: Callable[[], bool],
    crowds: Sequence[Crowd],
    seconds_left: Callable[[], float],
    n_lanes: int,
) -> None:
    """Train stacks until what is wanted is done; others go on beside it.

    Nothing is trained any more when this returns, or raises ``KeyboardInterrupt``.

    Parameters
    ----------
    is_done : callable
    crowds : sequence of Crowd
        What comes first is trained first, and is what is wanted.
    seconds_left : callable
        Until the time is up.
    n_lanes : int
        How many stacks at once.
    """
    busy: set[int] = set()
    lock, stop = Lock(), Event()

    def claim() -> tuple[Crowd, Trainable] | None:
        with lock:
            if stop.is_set() or is_done():
                return None
            # When the time is up, nothing is begun that nobody waits for.
            for crowd in crowds[:1] if seconds_left() <= 0 else crowds:
                for stack in crowd.open_stacks():
                    if id(stack) not in busy:
                        busy.add(id(stack))
                        return crowd, stack
        return None

    def work() -> None:
        while (claimed := claim()) is not None:
            crowd, stack = claimed
            try:
                stack.advance(seconds_left)
            except Exception as error:
                crowd.fail(error)
            finally:
                with lock:
                    busy.discard(id(stack))

    if n_lanes == 1:
        work()
        return
    with ThreadPoolExecutor(n_lanes) as threads:
        try:
            lanes = [threads.submit(work) for _ in range(n_lanes)]
            for lane in lanes:
                lane.result()
        finally:
            stop.set()
