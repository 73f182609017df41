"""Keeping a sequential training to its time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from .._backend import load_keras

keras = load_keras()

# Share of the time left that is planned for: steps do not take equally long.
_SHARE_PLANNED = 0.95


class KeepToTime(keras.callbacks.Callback):  # type: ignore[name-defined]
    """Go through the schedule in the steps that there is time for.

    A training that would take longer skips parts of its schedule, an equal part after
    each step, so that its rates come down to their end.

    Parameters
    ----------
    seconds_to_train : callable
        Asked when the first step is over: it is traced, which takes seconds, and its
        trace may serve others.
    n_epochs, n_steps : int
        Epochs of the schedule, and steps of an epoch.

    Attributes
    ----------
    is_cut_short : bool
        Whether the time was up before the end of the schedule.
    """

    def __init__(
        self, seconds_to_train: Callable[[], float], n_epochs: int, n_steps: int
    ) -> None:
        super().__init__()
        self._seconds_to_train = seconds_to_train
        self._n_steps, self._n_planned = n_steps, n_epochs * n_steps
        # Steps of this epoch and of all that were made; where in the schedule they led.
        self._n_of_epoch, self._n_made, self._position = 0, 0, 0.0
        # After the first call: no step is measured by what tracing took.
        self._began, self._n_at_begin, self._end = math.nan, 0, math.inf
        self.is_cut_short = False

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._n_of_epoch = 0
        self._go_to_position()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        # Several steps may be one call, the last of an epoch fewer than it says.
        n_taken = min(batch + 1, self._n_steps) - self._n_of_epoch
        self._n_of_epoch += n_taken
        self._n_made += n_taken
        now = time.perf_counter()
        if math.isnan(self._began):
            self._began, self._n_at_begin = now, self._n_made
            self._end = now + self._seconds_to_train()
        is_over = now >= self._end
        self._position += n_taken * (1.0 if is_over else self._stride(now))
        if self._n_planned - self._position < 0.5:
            self.model.stop_training = True
        elif is_over:
            self.model.stop_training = self.is_cut_short = True
        elif keras.backend.backend() != "jax":  # there, only between epochs
            self._go_to_position()

    def _stride(self, now: float) -> float:
        """How far in the schedule a step has to lead."""
        if self._n_made == self._n_at_begin:
            return 1.0
        seconds = (now - self._began) / (self._n_made - self._n_at_begin)
        affordable = max(1.0, (self._end - now) * _SHARE_PLANNED / seconds)
        return max(1.0, (self._n_planned - self._position) / affordable)

    def _go_to_position(self) -> None:
        """Let the rate of the next step be that of the position."""
        if self._position > self._n_made:
            self.model.optimizer.iterations.assign(round(self._position))
