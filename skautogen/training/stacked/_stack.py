"""The epochs of a group of models: in a stack of places that are filled again.

A model that has ended, by early stopping or after its epochs, leaves its place to one
that waits. When none waits any more, the stack shrinks.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
from keras import ops

from ._cost import Division, Work, pays_to_shrink, step_seconds
from ._job import Job, Model, Snapshot, Trained
from ._masks import step_seeds
from ._program import Program
from ._rules import REST, tabulate
from ._state import Data, Orders, Settings, State

# A call costs milliseconds of Python, so it takes several epochs where they are short:
# as many as take about so long, so that time limits and Ctrl-C are heard between calls.
_SECONDS_AT_ONCE = 0.3
_MOST_STEPS_AT_ONCE = 256
# Of the epochs until a model may stop early, at most so large a share: what is trained
# after its stop is not used.
_SHARE_AT_ONCE = 0.5
# Share of the time left that is planned for: epochs do not take equally long.
_SHARE_PLANNED = 0.95
# The number of a place that holds a copy which is not trained.
_NOBODY = -1
# Rows of a model that are watched at once.
_WATCHED_AT_ONCE = 2_048


class Stack:
    """Models of one structure that are trained together.

    Parameters
    ----------
    program : Program
    data : Data
    jobs : sequence of Job
    work : Work
        What this stack and those beside it have to do.
    division : Division

    Attributes
    ----------
    trained : dict of int -> Trained
        What is done, under the number of the job.
    """

    def __init__(
        self,
        program: Program,
        data: Data,
        jobs: Sequence[Job],
        work: Work,
        division: Division,
    ) -> None:
        self._program = program
        self._data = data
        self._jobs = jobs
        self._work = work
        self._division = division
        self._waiting = deque(range(len(jobs)))
        self._n_steps = max(job.n_steps for job in jobs)
        self._n_epochs = self._choose_n_epochs()
        self._models: list[Model] = []
        # Which job each place holds.
        self._places = np.empty(0, dtype=int)
        self._state: State | None = None
        # What an epoch takes, and for how many models the program has run: its first
        # run compiles it, and says nothing of the next.
        self._epoch_seconds: float | None = None
        self._has_run: set[int] = set()
        self.trained: dict[int, Trained] = {}
        self._fill(division.n_places)

    @property
    def is_done(self) -> bool:
        return len(self.trained) == len(self._jobs)

    def advance(self, seconds_left: Callable[[], float]) -> None:
        """Train for an epoch or a few.

        Parameters
        ----------
        seconds_left : callable
            Until the time is up. Where the epochs that are left would take longer, the
            models go through their schedules in fewer; and when it is up, every model
            in the stack ends where it is.
        """
        # A model that goes on from a pause may have stopped early before it.
        if self._is_active.any():
            self._keep_to(seconds_left())
            self._train()
        self._take_out(all_of_them=seconds_left() <= 0)

    def _keep_to(self, seconds: float) -> None:
        """Go through the schedules in the epochs that there is time for."""
        if self._epoch_seconds is None or math.isinf(seconds):
            return
        n_epochs = max(0.0, seconds * _SHARE_PLANNED / self._epoch_seconds)
        for model in self._models:
            if not model.has_ended:
                model.fit_into(n_epochs)

    def _choose_n_epochs(self) -> int:
        """Epochs in one call."""
        jobs, division = self._jobs, self._division
        step = step_seconds(self._work, division.n_places, division.fused)
        n_steps = min(_MOST_STEPS_AT_ONCE, _SECONDS_AT_ONCE / step)
        most = min(job.strategy.last_epoch for job in jobs)
        if self._work.watches:
            patience = min(job.strategy.patience for job in jobs)
            most = min(most, int(_SHARE_AT_ONCE * patience))
        return max(1, min(most, int(n_steps / self._n_steps)))

    @property
    def n_places(self) -> int:
        return len(self._places)

    @property
    def _is_active(self) -> np.ndarray:
        """Which places hold a model that is still trained."""
        return np.array([not model.has_ended for model in self._models], dtype=bool)

    def _train(self) -> None:
        start = time.perf_counter()
        orders, n_epochs = self._make_orders()
        assert self._state is not None
        self._state, losses, watched_losses = self._program.run(
            self._state, self._data, self._settings, orders
        )
        active = [model for model in self._models if not model.has_ended]
        for place, model in enumerate(self._models):
            for epoch in range(n_epochs):
                if model.has_ended:
                    break
                loss = losses[epoch, place] / len(model.job.training)
                watches = len(model.job.watched) > 0
                model.record(loss, watched_losses[epoch, place] if watches else None)
        seconds = time.perf_counter() - start
        if len(self._models) in self._has_run:
            self._epoch_seconds = seconds / n_epochs
        self._has_run.add(len(self._models))
        for model in active:
            model.seconds += seconds / len(active) / self._division.n_stacks

    def _make_orders(self) -> tuple[Orders, int]:
        """Rows, and numbers of the optimizers, of the next epochs."""
        models = self._models
        left = max(model.n_left for model in models if not model.has_ended)
        n_epochs = min(self._n_epochs, left)
        shape = (self._n_epochs, self._n_steps, len(models))
        n_rows = max(model.job.batch_size for model in models)
        rows = np.full((*shape, n_rows), -1, dtype=np.int32)
        numbers = np.empty((*shape[:2], len(REST), len(models), 1), np.float32)
        numbers[:] = REST[:, None, None]
        seeds = np.zeros(shape, dtype=np.uint32)
        for place, model in enumerate(models):
            if model.has_ended:
                continue
            job, n_steps = model.job, model.job.n_steps
            strategy = job.strategy
            for number in range(min(n_epochs, model.n_left)):
                epoch = model.epoch + number
                steps = np.arange(epoch * n_steps, (epoch + 1) * n_steps)
                own = (number, slice(n_steps), place)
                batches = job.batches(epoch)
                rows[own][:, : batches.shape[1]] = batches
                numbers[number, :n_steps, :, place, 0] = tabulate(
                    strategy.optimizer,
                    model.rates(number),
                    steps + 1,
                    strategy.weight_decay,
                )
                seeds[own] = step_seeds(job.seed, steps)
        counts = (np.int32(n_epochs), np.int32(self._n_steps))
        return Orders(*_to_device((rows, numbers, seeds, *counts))), n_epochs

    def _take_out(self, all_of_them: bool) -> None:
        """Take the results of models that have ended, and give their places away."""
        places = [
            place
            for place, model in enumerate(self._models)
            if (model.has_ended or all_of_them)
            and self._places[place] not in (_NOBODY, *self.trained)
        ]
        if not places:
            return
        state = keras.tree.map_structure(ops.convert_to_numpy, self._state)
        for place in places:
            model = self._models[place]
            is_cut_short, model.has_ended = model.is_cut_short, True
            standing = self._program.layout.unstack(state, place)
            self.trained[int(self._places[place])] = Trained(
                standing.best,
                model.history,
                model.seconds,
                Snapshot(standing, model.history) if model.is_paused else None,
                is_cut_short,
            )
        if self._waiting and not self._is_active.all():
            self._fill(len(self._places))
        elif self._should_shrink():
            self._rearrange(np.flatnonzero(self._is_active))

    def _should_shrink(self) -> bool:
        active = self._is_active
        n, n_left = len(active), int(active.sum())
        if n_left in (0, n):
            return False
        if not self._division.fused:
            return True
        models = [model for model in self._models if not model.has_ended]
        n_epochs = max(model.n_left for model in models)
        return pays_to_shrink(self._work, n, n_left, n_epochs * self._n_steps)

    def _fill(self, n_places: int) -> None:
        """Put waiting jobs into the places of models that have ended."""
        stays = np.flatnonzero(self._is_active)
        n_new = min(n_places - len(stays), len(self._waiting))
        new = [self._waiting.popleft() for _ in range(n_new)]
        # A fused program is compiled for a number of places: the same for every stack.
        n_empty = n_places - len(stays) - n_new if self._division.fused else 0
        self._rearrange(stays, new, n_empty)

    def _rearrange(
        self, stays: np.ndarray, new: Sequence[int] = (), n_empty: int = 0
    ) -> None:
        """Keep the models at some places, add the jobs of some numbers."""
        parts = [] if self._state is None else [_take(self._state, stays)]
        added = [self._jobs[number] for number in new] + [self._jobs[0]] * n_empty
        if added:
            standings = [job.standing for job in added]
            parts.append(_to_device(self._program.layout.stack(standings)))
        self._state = keras.tree.map_structure(
            lambda *each: ops.concatenate(each) if len(each) > 1 else each[0], *parts
        )
        begun = [Model.begin(job) for job in added]
        for model in begun[len(new) :]:
            model.has_ended = True
        self._models = [self._models[place] for place in stays] + begun
        numbers = [*new, *[_NOBODY] * n_empty]
        self._places = np.append(self._places[stays], numbers).astype(int)
        self._settings = self._make_settings()

    def _make_settings(self) -> Settings:
        jobs = [model.job for model in self._models]
        lifted, n = self._program.kind.lifted, len(jobs)
        strategies = [job.strategy for job in jobs]
        chosen = [lifted.choice_numbers(job.single) for job in jobs]
        settings = Settings(
            rates=np.array([job.single.rates for job in jobs], "float32").reshape(
                n, -1
            ),
            choices=np.array(chosen, "int32").reshape(n, -1),
            smoothing=np.array([s.label_smoothing for s in strategies], "float32"),
            patience=np.array([s.patience for s in strategies], "int32"),
            watched=_in_chunks([job.watched for job in jobs]),
        )
        return _to_device(settings)


def _take(state: State, places: np.ndarray) -> State:
    return keras.tree.map_structure(
        lambda each: ops.take(each, places.astype("int32"), axis=0), state
    )


def _to_device(tree: Any) -> Any:
    return keras.tree.map_structure(ops.convert_to_tensor, tree)


def _in_chunks(watched: list[np.ndarray]) -> np.ndarray:
    """Rows to be watched, as (c, m, r), -1 for padding."""
    most = max(map(len, watched))
    n_chunks = max(1, math.ceil(most / _WATCHED_AT_ONCE))
    size = math.ceil(most / n_chunks)
    rows = np.full((len(watched), n_chunks * size), -1, dtype=np.int32)
    for number, each in enumerate(watched):
        rows[number, : len(each)] = each
    return rows.reshape(len(watched), n_chunks, size).transpose(1, 0, 2)
