"""The epochs of a group of models: rates, early stopping, best epochs, compaction.

Shapes: m models still in the stack, s steps, b rows of a batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import tensorflow as tf

from .._rows import epoch_order
from .._strategy import TrainingStrategy
from ._lift import Packed
from ._program import Data, Program, Steps

# Rows of a model that are measured at once.
_ROWS_AT_ONCE = 2_048
# A call into TensorFlow costs as much as several steps of small models. Where nothing
# has to be looked at between epochs, up to so many steps are taken in one call.
_STEPS_AT_ONCE = 256


@dataclass(frozen=True)
class Job:
    """One model that is to be trained.

    Attributes
    ----------
    weights : Packed
        To begin with.
    training, watched : ndarray of int
        Numbers of its rows in the data of the group; ``watched`` may be empty.
    strategy : TrainingStrategy
    dropout : float
    seed : int
    """

    weights: Packed
    training: np.ndarray
    watched: np.ndarray
    strategy: TrainingStrategy
    dropout: float
    seed: int

    @property
    def batch_size(self) -> int:
        return self.strategy.rows_per_step(len(self.training))

    @property
    def n_steps(self) -> int:
        """Steps of an epoch."""
        return math.ceil(len(self.training) / self.batch_size)

    def batches(self, epoch: int) -> np.ndarray:
        """Rows of each batch of an epoch, of shape (s, b), -1 for padding."""
        order = epoch_order(self.seed, epoch, len(self.training))
        rows = np.full(self.n_steps * self.batch_size, -1, dtype=np.int32)
        rows[: len(order)] = self.training[order]
        return rows.reshape(self.n_steps, self.batch_size)


@dataclass
class _Model:
    """Where a model of the stack stands."""

    job: Job
    rates: np.ndarray
    best_loss: float = math.inf
    best_epoch: int = -1
    history: dict[str, list[float]] = field(default_factory=dict)

    def record(self, name: str, value: float) -> None:
        self.history.setdefault(name, []).append(float(value))

    def has_ended(self, epoch: int) -> bool:
        """Whether this was the last epoch of the model."""
        if epoch + 1 >= self.job.strategy.epochs:
            return True
        if not math.isfinite(self.history["loss"][-1]):
            return True
        watches = len(self.job.watched) > 0
        return watches and epoch - self.best_epoch >= self.job.strategy.patience


@dataclass(frozen=True)
class Trained:
    """What came of a job: the weights kept (m = 1), and the losses by epoch."""

    weights: Packed
    history: dict[str, list[float]]


def train_group(
    program: Program,
    data: Data,
    jobs: Sequence[Job],
    expired: Callable[[], bool] = lambda: False,
) -> list[Trained]:
    """Train models of one structure together.

    Parameters
    ----------
    program : Program
    data : Data
    jobs : sequence of Job
    expired : callable
        Asked between epochs; when it says so, every model ends where it is.

    Returns
    -------
    trained : list of Trained
        In the order of the jobs.
    """
    return _Stack(program, data, jobs).run(expired)


class _Stack:
    """The models of a group that are still being trained."""

    def __init__(self, program: Program, data: Data, jobs: Sequence[Job]) -> None:
        self._program = program
        self._data = data
        self._models = [
            _Model(job, job.strategy.rates(len(job.training))) for job in jobs
        ]
        self._results: dict[int, Trained] = {}
        # Which model each place of the stack holds.
        self._places = np.arange(len(jobs))
        each_part = zip(*(job.weights for job in jobs), strict=True)
        self._weights = Packed(*(tf.constant(np.stack(part)) for part in each_part))
        self._slots = program.first_slots(len(jobs))
        self._best = self._weights
        self._take_stock()

    def run(self, expired: Callable[[], bool]) -> list[Trained]:
        epoch = 0
        while len(self._places):
            n_epochs = self._n_epochs_at_once(epoch)
            self._train(range(epoch, epoch + n_epochs))
            epoch += n_epochs
            if self._watched is not None:
                self._watch(epoch - 1)
            self._take_out(epoch - 1, all_of_them=expired())
        return [self._results[number] for number in range(len(self._models))]

    def _n_epochs_at_once(self, epoch: int) -> int:
        """How many epochs can pass before something has to be decided."""
        if self._watched is not None:
            return 1
        jobs = [self._models[place].job for place in self._places]
        most = max(1, _STEPS_AT_ONCE // max(job.n_steps for job in jobs))
        return min(most, min(job.strategy.epochs for job in jobs) - epoch)

    def _take_stock(self) -> None:
        """What stays as it is until a model leaves the stack."""
        jobs = [self._models[place].job for place in self._places]
        self._decay = tf.constant(
            [job.strategy.weight_decay for job in jobs], tf.float32
        )
        self._dropout = tf.constant([job.dropout for job in jobs], tf.float32)
        watched = [job.watched for job in jobs]
        self._watched = _in_chunks(watched) if any(map(len, watched)) else None

    def _train(self, epochs: range) -> None:
        models = [self._models[place] for place in self._places]
        n_steps = [model.job.n_steps for model in models]
        most = max(n_steps)
        shape = (len(epochs) * most, len(models))
        order = np.full((*shape, max(m.job.batch_size for m in models)), -1, np.int32)
        rates, counts = np.zeros(shape, np.float32), np.ones(shape, np.float32)
        for column, (model, n) in enumerate(zip(models, n_steps, strict=True)):
            for number, epoch in enumerate(epochs):
                own = slice(number * most, number * most + n)
                batches = model.job.batches(epoch)
                order[own, column, : batches.shape[1]] = batches
                rates[own, column] = model.rates[epoch * n : (epoch + 1) * n]
                counts[own, column] = np.arange(epoch * n, (epoch + 1) * n) + 1
        steps = Steps(
            order=tf.constant(order),
            rates=tf.constant(rates),
            counts=tf.constant(counts),
            decay=self._decay,
            dropout=self._dropout,
            seed=tf.constant([models[0].job.seed, epochs[0]], tf.int32),
        )
        self._weights, self._slots, totals = self._program.train(
            self._weights, self._slots, self._data, steps
        )
        by_epoch = totals.numpy().reshape(len(epochs), most, len(models)).sum(axis=1)
        for column, model in enumerate(models):
            for loss in by_epoch[:, column] / len(model.job.training):
                model.record("loss", loss)

    def _watch(self, epoch: int) -> None:
        """Measure the rows held out, and keep the weights of models that improved."""
        losses = self._program.measure(self._weights, self._data, self._watched).numpy()
        improved = np.zeros(len(self._places), dtype=bool)
        for place, loss in enumerate(losses):
            model = self._models[self._places[place]]
            if not len(model.job.watched):
                improved[place] = True  # keeps its last epoch, as Keras does
                continue
            model.record("val_loss", loss)
            if loss < model.best_loss:
                model.best_loss, model.best_epoch = loss, epoch
                improved[place] = True
        if improved.all():
            self._best = self._weights
        elif improved.any():
            self._best = Packed(
                *(
                    tf.where(improved[:, None], now, best)
                    for now, best in zip(self._weights, self._best, strict=True)
                )
            )

    def _take_out(self, epoch: int, all_of_them: bool) -> None:
        """Take the models that have ended out of the stack: they cost no more."""
        if self._watched is None:
            self._best = self._weights
        ended = np.array(
            [
                all_of_them or self._models[place].has_ended(epoch)
                for place in self._places
            ]
        )
        if not ended.any():
            return
        for place in np.flatnonzero(ended):
            number = self._places[place]
            weights = Packed(*(part[place][None] for part in self._best))
            self._results[number] = Trained(weights, self._models[number].history)
        stays = np.flatnonzero(~ended)
        self._places = self._places[stays]
        if not len(stays):
            return
        self._weights, self._slots, self._best = tf.nest.map_structure(
            lambda each: tf.gather(each, stays),
            (self._weights, self._slots, self._best),
        )
        self._take_stock()


def _in_chunks(watched: list[np.ndarray]) -> tf.Tensor:
    """Rows to be measured, as (s, m, b)."""
    most = max(map(len, watched))
    n_chunks = math.ceil(most / _ROWS_AT_ONCE)
    size = math.ceil(most / n_chunks)
    rows = np.full((len(watched), n_chunks * size), -1, dtype=np.int32)
    for number, each in enumerate(watched):
        rows[number, : len(each)] = each
    return tf.constant(rows.reshape(len(watched), n_chunks, size).transpose(1, 0, 2))
