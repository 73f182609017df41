"""One model of a stack: what it is trained on, where it stands, what came of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from .._rows import epoch_order
from .._strategy import TrainingStrategy
from ._lift import Single
from ._rules import RULES
from ._state import Standing

# Share of a schedule that makes no difference any more.
_NEARLY_NOTHING = 0.05


@dataclass(frozen=True)
class Snapshot:
    """A model whose training was paused, to be gone on with.

    Attributes
    ----------
    standing : Standing
    history : dict of list of float
    """

    standing: Standing
    history: dict[str, list[float]]


@dataclass(frozen=True)
class Job:
    """One model that is to be trained.

    Attributes
    ----------
    single : Single
        To begin with.
    training, watched : ndarray of int
        Numbers of its rows in the data; ``watched`` may be empty.
    strategy : TrainingStrategy
    seed : int
    paused : Snapshot or None
        What an earlier search for the same training has come to.
    """

    single: Single
    training: np.ndarray
    watched: np.ndarray
    strategy: TrainingStrategy
    seed: int
    paused: Snapshot | None = None

    @property
    def standing(self) -> Standing:
        """Where the model begins, or was paused."""
        if self.paused is not None:
            return self.paused.standing
        second = RULES[self.strategy.optimizer].second
        return Standing.fresh(self.single.weights, second)

    @property
    def batch_size(self) -> int:
        return self.strategy.rows_per_step(len(self.training))

    @property
    def n_steps(self) -> int:
        """Steps of an epoch."""
        return math.ceil(len(self.training) / self.batch_size)

    def batches(self, epoch: int) -> np.ndarray:
        """Rows of each batch of an epoch, of shape (s, b), -1 for padding."""
        order = _order(self.seed, epoch, len(self.training))
        rows = np.full(self.n_steps * self.batch_size, -1, dtype=np.int32)
        rows[: len(order)] = self.training[order]
        return rows.reshape(self.n_steps, self.batch_size)


# Candidates on the same fold go through the same orders.
_order = lru_cache(maxsize=64)(epoch_order)


@dataclass(frozen=True)
class Trained:
    """What came of a job.

    Attributes
    ----------
    weights : list of ndarray
        Those of the best epoch, where rows were watched; otherwise of the last.
    history : dict of list of float
        Losses by epoch.
    seconds : float
        Its share of the time of the stack.
    paused : Snapshot or None
        Where it was paused before its last epoch.
    is_cut_short : bool
        Whether the time was up in the middle of it.
    """

    weights: list[np.ndarray]
    history: dict[str, list[float]]
    seconds: float
    paused: Snapshot | None
    is_cut_short: bool


@dataclass
class Model:
    """Where a model of the stack stands.

    Attributes
    ----------
    job : Job
    epoch : int
        Epochs it was trained for.
    position : float
        Epochs of its schedule that it has gone through: more, where the time asks for
        longer strides.
    best_loss, best_epoch : float, int
        Of the rows that are watched.
    has_ended : bool
    seconds : float
        Its share of the time of its stack so far.
    history : dict of list of float
        Losses by epoch.
    """

    job: Job
    epoch: int = 0
    position: float = 0.0
    best_loss: float = math.inf
    best_epoch: int = -1
    has_ended: bool = False
    seconds: float = 0.0
    history: dict[str, list[float]] = field(default_factory=dict)
    _stride: float = 1.0

    @classmethod
    def begin(cls, job: Job) -> Model:
        model = cls(job)
        history = job.paused.history if job.paused else {}
        watched = history.get("val_loss", [])
        for number, loss in enumerate(history.get("loss", [])):
            model.record(loss, watched[number] if watched else None)
        return model

    def record(self, loss: float, watched_loss: float | None) -> None:
        """Take note of an epoch, and of whether it was the last."""
        self.history.setdefault("loss", []).append(float(loss))
        self.epoch += 1
        self.position += self._stride
        self.has_ended = not math.isfinite(loss) or self.n_left == 0
        if watched_loss is None:
            return
        self.history.setdefault("val_loss", []).append(float(watched_loss))
        if watched_loss < self.best_loss:
            self.best_loss, self.best_epoch = watched_loss, self.epoch
        waited = self.epoch - max(self.best_epoch, 0)
        self.has_ended |= waited >= self.job.strategy.patience

    @property
    def n_left(self) -> int:
        """Epochs until it ends or is paused."""
        return max(0, round(self._rest / self._stride))

    @property
    def _rest(self) -> float:
        """Epochs of its schedule that it has not gone through."""
        return self.job.strategy.last_epoch - self.position

    def fit_into(self, n_epochs: float) -> None:
        """Go through what is left of the schedule in at most so many epochs.

        A training whose rate has come down is worth much more than one that was ended
        on the way. Where rounds of a search are paused they stay as they were agreed.
        """
        if self._rest > 0 and self.job.strategy.stop_after is None:
            n_left = max(1, int(min(math.ceil(self._rest), n_epochs)))
            self._stride = self._rest / n_left

    def rates(self, number: int) -> np.ndarray:
        """Learning rates of the steps of an epoch, counted from the next."""
        n_steps = self.job.n_steps
        start = (self.position + number * self._stride) * n_steps
        steps = start + self._stride * np.arange(n_steps)
        return self.job.strategy.rates(len(self.job.training), steps)

    @property
    def is_cut_short(self) -> bool:
        """Whether it was ended in the middle of its schedule."""
        nothing = _NEARLY_NOTHING * self.job.strategy.last_epoch
        return not self.has_ended and self._rest > nothing

    @property
    def is_paused(self) -> bool:
        """Whether a later round may ask for more of it."""
        strategy, loss = self.job.strategy, self.history["loss"][-1]
        may_go_on = strategy.stop_after is not None and self.epoch < strategy.n_epochs
        return may_go_on and math.isfinite(loss)
