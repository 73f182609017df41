"""Ctrl-C in a search: at once in a training, and between trainings before the next."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Interrupts:
    """Takes Ctrl-C over from scikit-learn, which would lose what is finished.

    In a training Ctrl-C raises ``KeyboardInterrupt``, as ever. Between trainings, where
    scikit-learn is at work, it only tells the search to stop before the next one.

    Parameters
    ----------
    stop : callable
        Stops the search, and says whether it could be stopped. Where not, Ctrl-C
        raises ``KeyboardInterrupt`` between trainings as well.
    """

    def __init__(self, stop: Callable[[], bool]) -> None:
        self._stop = stop
        self._is_training = False

    @contextmanager
    def in_training(self) -> Iterator[None]:
        """Let Ctrl-C raise here."""
        self._is_training = True
        try:
            yield
        finally:
            self._is_training = False

    @contextmanager
    def taken_over(self) -> Iterator[None]:
        """Handle Ctrl-C during a search.

        Only the main thread can, and only where Python's own handler is in charge.
        """
        ours = threading.current_thread() is threading.main_thread()
        if (
            not ours
            or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        ):
            yield
            return
        signal.signal(signal.SIGINT, self._handle)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _handle(self, number: int, frame: Any) -> None:
        if self._is_training or not self._stop():
            raise KeyboardInterrupt
