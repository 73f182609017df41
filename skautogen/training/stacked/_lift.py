"""One Keras model, lifted to many: what a lift is, and finding one for a model."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import keras
import numpy as np


class NotStackableError(ValueError):
    """A Keras model has something that cannot be trained in a stack."""


@dataclass(frozen=True)
class Weight:
    """A weight of one model.

    Attributes
    ----------
    shape : tuple of int
    trained : bool
    decays : bool
        Whether weight decay shrinks it.
    dtype : str
    """

    shape: tuple[int, ...]
    trained: bool = True
    decays: bool = False
    dtype: str = "float32"

    @property
    def size(self) -> int:
        return math.prod(self.shape)


class Single(NamedTuple):
    """What one model brings into the stack of a lifted model.

    Attributes
    ----------
    weights : list of ndarray
        In the order of ``Lifted.weights``.
    rates : tuple of float
        Of each place where units are dropped.
    activations : tuple of callable
        Of each place where models may differ in it.
    """

    weights: list[np.ndarray]
    rates: tuple[float, ...] = ()
    activations: tuple[Callable[..., Any], ...] = ()


@dataclass(frozen=True)
class Context:
    """What a training step has besides inputs and weights; a prediction has none.

    Attributes
    ----------
    present : tensor of shape (m, b)
        1 for a row and 0 for padding.
    rates : tensor of shape (m, d)
        Dropout rate of each model at each place.
    seeds : tensor of shape (m,), uint32
        Of the masks of this step.
    """

    present: Any
    rates: Any
    seeds: Any


class Lifted(ABC):
    """A Keras model as a function over weights with a leading axis of m models.

    Two are equal when one program can train the models of both.

    Attributes
    ----------
    answer : callable
        From what the last layer gives to the output of the model.
    can_be_fused : bool
        Whether XLA compiles it.
    """

    answer: Callable[[Any], Any]
    can_be_fused: ClassVar[bool]

    @property
    @abstractmethod
    def weights(self) -> Sequence[Weight]:
        """The weights of one model."""

    @property
    @abstractmethod
    def n_between(self) -> int:
        """Numbers that are computed for a row on its way, for the estimate of costs."""

    @property
    @abstractmethod
    def n_products(self) -> int:
        """Products of numbers that are computed for a row, likewise."""

    @property
    @abstractmethod
    def n_operations(self) -> int:
        """Layers, each counted as often as it is computed, likewise."""

    @abstractmethod
    def choice_numbers(self, single: Single) -> tuple[int, ...]:
        """Which of the activations a model has at each place, by number."""

    @abstractmethod
    def __call__(
        self, x: Any, weights: Sequence[Any], choices: Any, context: Context | None
    ) -> tuple[Any, list[Any], Any]:
        """Run m models, each on its own rows.

        Parameters
        ----------
        x : tensor of shape (m, b, ...)
        weights : sequence of tensor of shape (m, ...)
        choices : tensor of shape (m, a)
        context : Context or None
            None in a prediction.

        Returns
        -------
        z : tensor of shape (m, b, o)
            What the last layer gives before its activation.
        statistics : list of tensor of shape (m, ...)
            The weights that are not trained, after the step.
        penalty : tensor of shape (m,) or 0.0
            What the model's own regularizers add to its loss.
        """

    @abstractmethod
    def merge(self, other: Lifted) -> Lifted | None:
        """What can train the models of both; None if there is no such thing."""

    @abstractmethod
    def fit_in(self, single: Single, lifted: Lifted) -> Single:
        """Bring a model of ``lifted`` into the shapes of this one."""

    @abstractmethod
    def pad(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        """Bring the weights of a model into the shapes of this one."""

    @abstractmethod
    def crop(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        """Bring the weights of a model of this one back from where they were padded."""

    @abstractmethod
    def for_keras(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        """The weights in the order of ``keras.Model.get_weights``."""


def lift(
    model: keras.Model, loss: str, key: Hashable, n_steps: int = 1
) -> tuple[Lifted, Single]:
    """Lift a Keras model.

    The activation of the last layer is left out where it is the one that goes with the
    loss: losses are computed from what comes before it.

    Parameters
    ----------
    model : keras.Model
        Built, and not needed any more: a lift may keep and change it.
    loss : str
        A name that Keras knows.
    key : hashable
        Equal for models that differ in nothing but the values of their weights.
    n_steps : int, default=1
        Of the sequences that the rows are, if they are, for the estimate of costs.

    Returns
    -------
    lifted : Lifted
    single : Single
        What this model brings into a stack.

    Raises
    ------
    NotStackableError
        If there is no lift that trains it as Keras would.
    """
    from ._losses import LOOKED_BEHIND
    from ._mapped import lift_any
    from ._read_chain import NotAChainError, lift_chain

    try:
        chain, single = lift_chain(model, n_steps)
    except NotAChainError:
        return lift_any(model, loss, key, n_steps)
    if chain.answer not in LOOKED_BEHIND[loss]:
        return lift_any(model, loss, key, n_steps)
    return chain, single
