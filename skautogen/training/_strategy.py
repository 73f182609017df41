"""The training strategy: how a network is trained, whatever its architecture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

from .._spelling import unknown_name
from ._optimizers import OPTIMIZERS, make_optimizer
from ._schedules import SCHEDULES, make_schedule, schedule_rates

if TYPE_CHECKING:
    import keras

    from ._schedules import Rate

_PATIENCE_SHARE = 0.2
_MIN_PATIENCE = 8


@dataclass(frozen=True)
class TrainingStrategy:
    """The hyper-parameters of training that every architecture shares.

    Parameters
    ----------
    optimizer : str, default="adam"
        A name of :data:`skautogen.training.OPTIMIZERS`.
    learning_rate : float > 0, default=1e-3
        The rate at the schedule's height.
    weight_decay : float >= 0, default=0.0
        Share of each kernel, times the rate, that a step takes away (decoupled from
        the gradient: Loshchilov and Hutter, ICLR 2019). Biases do not decay.
    schedule : str, default="cosine"
        A name of :data:`skautogen.training.SCHEDULES`.
    batch_size : int or "auto", default="auto"
        Rows per step. ``"auto"`` grows with the number of training rows.
    label_smoothing : float in [0, 1), default=0.0
        Share of a label that is spread over all classes (Szegedy et al., CVPR 2016).
        Regression has none.
    epochs : int, default=100
        Passes over the training rows, if early stopping does not end them sooner.
    epoch_share : float in (0, 1], default=1.0
        Share of these passes that this training has, with the whole schedule in it.
        Where targets are noisy, short trainings predict better than long ones.
    stop_after : int, default=None
        Epochs after which a training is left where it is, in the middle of the schedule
        that ``epochs`` makes. Successive halving goes on with those that did best.
    """

    optimizer: str = "adam"
    learning_rate: float = 1e-3
    weight_decay: float = 0.0
    schedule: str = "cosine"
    batch_size: int | str = "auto"
    label_smoothing: float = 0.0
    epochs: int = 100
    epoch_share: float = 1.0
    stop_after: int | None = None

    def __post_init__(self) -> None:
        for name, known in (("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)):
            if getattr(self, name) not in known:
                raise ValueError(unknown_name(name, getattr(self, name), known))
        _check_number("learning_rate", self.learning_rate, Real, above=0)
        _check_number("weight_decay", self.weight_decay, Real, at_least=0)
        _check_number("label_smoothing", self.label_smoothing, Real, at_least=0)
        if self.label_smoothing >= 1:
            raise ValueError(
                f"label_smoothing must be below 1; got {self.label_smoothing!r}."
            )
        _check_number("epochs", self.epochs, Integral, at_least=1)
        _check_number("epoch_share", self.epoch_share, Real, above=0)
        if self.epoch_share > 1:
            raise ValueError(
                f"epoch_share must be at most 1; got {self.epoch_share!r}."
            )
        if self.stop_after is not None:
            _check_number("stop_after", self.stop_after, Integral, at_least=1)
        if self.batch_size != "auto":
            _check_number("batch_size", self.batch_size, Integral, at_least=1)

    @classmethod
    def names(cls) -> frozenset[str]:
        """Names of the hyper-parameters of training."""
        return frozenset(each.name for each in fields(cls))

    @classmethod
    def searched_names(cls) -> frozenset[str]:
        """Names of those that a user may search over."""
        return cls.names() - {"stop_after"}

    @classmethod
    def from_hyperparameters(
        cls, hyperparameters: Mapping[str, Any]
    ) -> TrainingStrategy:
        """Take from a candidate's hyper-parameters those that are of training."""
        return cls(**{k: v for k, v in hyperparameters.items() if k in cls.names()})

    @property
    def n_epochs(self) -> int:
        """Epochs of the schedule."""
        return max(1, round(self.epoch_share * self.epochs))

    @property
    def last_epoch(self) -> int:
        """Epochs that are trained, if early stopping does not end them sooner."""
        return min(self.n_epochs, self.stop_after or self.n_epochs)

    @property
    def patience(self) -> int:
        """Epochs without a better loss on the held-out rows that end a training."""
        return max(_MIN_PATIENCE, round(_PATIENCE_SHARE * self.n_epochs))

    def steps_per_epoch(self, n_rows: int) -> int:
        """Steps of an epoch over so many training rows."""
        return math.ceil(n_rows / self.rows_per_step(n_rows))

    def rate(self, n_rows: int) -> Rate:
        """What a Keras optimizer takes as its learning rate."""
        n_steps = self.steps_per_epoch(n_rows) * self.n_epochs
        return make_schedule(self.schedule, self.learning_rate, n_steps)

    def rates(self, n_rows: int, steps: np.ndarray | None = None) -> np.ndarray:
        """The same rate as numbers, of some steps or of all of the training."""
        n_steps = self.steps_per_epoch(n_rows) * self.n_epochs
        return schedule_rates(self.schedule, self.learning_rate, n_steps, steps)

    def optimizer_for(self, n_rows: int) -> keras.optimizers.Optimizer:
        """The Keras optimizer of a training on so many rows."""
        return make_optimizer(self.optimizer, self.rate(n_rows), self.weight_decay)

    def rows_per_step(self, n_rows: int) -> int:
        """Batch size for a number of training rows.

        ``"auto"`` keeps some hundred steps an epoch on large tables, where big
        batches cost little accuracy, and several steps an epoch on small ones.
        """
        if self.batch_size != "auto":
            return min(int(self.batch_size), n_rows)
        for limit, size in ((512, 32), (2_048, 64), (8_192, 128), (32_768, 256)):
            if n_rows <= limit:
                return min(size, n_rows)
        return 512


def _check_number(
    name: str,
    value: object,
    kind: type,
    above: float | None = None,
    at_least: float | None = None,
) -> None:
    """Refuse what is not a number of the kind, or is out of its range."""
    bound = above if above is not None else at_least
    in_range = isinstance(value, kind) and not isinstance(value, bool)
    if in_range and bound is not None:
        in_range = value > bound if above is not None else value >= bound  # type: ignore[operator]
    if not in_range:
        sign = ">" if above is not None else ">="
        word = "an integer" if kind is Integral else "a number"
        or_auto = " or 'auto'" if name == "batch_size" else ""
        raise ValueError(
            f"{name} must be {word} {sign} {bound}{or_auto}; got {value!r}."
        )
