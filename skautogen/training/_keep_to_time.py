"""Keeping a sequential training to its time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from .._backend import load_keras

keras = load_keras()

# Share of the time left that is planned for: epochs do not take equally long.
_SHARE_PLANNED = 0.95


class KeepToTime(keras.callbacks.Callback):  # type: ignore[name-defined]
    """Go through the schedule in the epochs that there is time for.

    A training that would take longer skips parts of its schedule, an equal part after
    each epoch, so that its rates come down to their end.

    Parameters
    ----------
    seconds_left : callable
        Until the training must end.
    n_epochs, n_steps : int
        Epochs of the schedule, and steps of an epoch.

    Attributes
    ----------
    is_cut_short : bool
        Whether the time was up before the end of the schedule.
    """

    def __init__(
        self, seconds_left: Callable[[], float], n_epochs: int, n_steps: int
    ) -> None:
        super().__init__()
        self._seconds_left = seconds_left
        self._n_epochs, self._n_steps = n_epochs, n_steps
        # In the schedule, in epochs: where the training is, and what an epoch takes it
        # forward.
        self._position, self._stride = 0.0, 1.0
        self._began = math.nan
        # Of the first epoch, what was over when its time began to be taken.
        self._share_over = 0.0
        self._is_first_step = True
        self.is_cut_short = False

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._began = time.perf_counter()
        if self._position > epoch:
            step = round(self._position * self._n_steps)
            self.model.optimizer.iterations.assign(step)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        if self._is_first_step:  # which is traced, and takes seconds
            self._is_first_step = False
            self._share_over = (batch + 1) / self._n_steps
            self._began = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        share = 1 - self._share_over if epoch == 0 else 1.0
        seconds = (time.perf_counter() - self._began) / share if share else math.nan
        self._position += self._stride
        missing, left = self._n_epochs - self._position, self._seconds_left()
        if missing < 0.5:
            self.model.stop_training = True
        elif left <= 0:
            self.model.stop_training = self.is_cut_short = True
        elif not math.isnan(seconds):
            affordable = max(1.0, left * _SHARE_PLANNED / seconds)
            self._stride = max(1.0, missing / affordable)
