"""Where stacked models stand, and what is to be done with them: data of a program.

Shapes: m models, e epochs, s steps of an epoch, b rows of a batch, c chunks of r rows
that are watched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from ._lift import Weight


class Data(NamedTuple):
    """All rows there are, once; models take theirs by number."""

    X: Any  # (n, ...)
    y: Any  # (n, o)
    weight: Any  # (n,)


class State(NamedTuple):
    """Where m models stand. What is kept of the best epoch is empty without watching.

    ``weights``, ``first``, ``second`` and ``best_weights`` are lists of (m, ...).
    """

    weights: list[Any]
    first: list[Any]
    second: list[Any]
    statistics: list[Any]
    best_weights: list[Any]
    best_statistics: list[Any]
    best_loss: Any  # (m,)
    stale: Any  # (m,) int: epochs since the best one


class Standing(NamedTuple):
    """Where one model stands; its weights are in the order of ``Lifted.weights``.

    Weights that are not trained are in all four lists, and count in the first and the
    last.
    """

    weights: list[np.ndarray]
    first: list[np.ndarray]
    second: list[np.ndarray]
    best: list[np.ndarray]
    best_loss: float = math.inf
    stale: int = 0

    @classmethod
    def fresh(cls, weights: list[np.ndarray], second: float) -> Standing:
        """Before the first step; ``second`` is what that slot begins with."""
        nothing = [np.zeros_like(each) for each in weights]
        filled = [np.full_like(each, second) for each in weights]
        return cls(weights, nothing, filled, weights)

    def reshaped(
        self, change: Callable[[list[np.ndarray]], list[np.ndarray]]
    ) -> Standing:
        """The same with each of the lists changed."""
        weights, first, second, best = map(change, self[:4])
        return Standing(weights, first, second, best, self.best_loss, self.stale)


class Settings(NamedTuple):
    """What is of the models that are in the stack."""

    rates: Any  # (m, d): dropout
    choices: Any  # (m, a) int: activations
    smoothing: Any  # (m,): label smoothing
    patience: Any  # (m,) int
    watched: Any  # (c, m, r) int: rows to watch, -1 for padding


class Orders(NamedTuple):
    """What is to be done in a call."""

    rows: Any  # (e, s, m, b) int: the rows of each batch, -1 for padding
    numbers: Any  # (e, s, k, m, 1): of the optimizer's update
    seeds: Any  # (e, s, m) uint32
    n_epochs: Any  # (): how many of the e there are
    n_steps: Any  # (): how many of the s


class Layout:
    """How the weights of models lie in a state.

    Parameters
    ----------
    weights : sequence of Weight
        Of one model.
    watches : bool
        Whether the best epoch is kept.
    in_a_row : bool
        Whether a model's trained weights are one row of numbers.

    Attributes
    ----------
    shapes : list of tuple of int
        Of what the optimizer sees of one model.
    decays : list of ndarray or bool
        Which of it decays.
    """

    def __init__(
        self, weights: Sequence[Weight], watches: bool, in_a_row: bool
    ) -> None:
        self._weights = weights
        self._watches = watches
        self._trained = [each for each in weights if each.trained]
        size = sum(each.size for each in self._trained)
        self._is_row = in_a_row
        self.shapes = [(size,)] if self._is_row else [w.shape for w in self._trained]
        self.decays = self._make_decays()

    def stack(self, standings: Sequence[Standing]) -> State:
        """Stack models.

        Parameters
        ----------
        standings : sequence of Standing
        """
        weights, first, second, best = (
            [np.stack(each) for each in zip(*lists, strict=True)]
            for lists in zip(*(each[:4] for each in standings), strict=True)
        )
        watches = self._watches
        return State(
            weights=self._joined(weights),
            first=self._joined(first),
            second=self._joined(second),
            statistics=self._not_trained(weights),
            best_weights=self._joined(best) if watches else [],
            best_statistics=self._not_trained(best) if watches else [],
            best_loss=np.array([each.best_loss for each in standings], "float32"),
            stale=np.array([each.stale for each in standings], "int32"),
        )

    def unstack(self, state: State, place: int) -> Standing:
        """Where the model at a place of the stack stands; the state is of ndarrays."""
        state = keras.tree.map_structure(lambda each: each[place : place + 1], state)
        watches = self._watches
        statistics = state.statistics
        best_statistics = state.best_statistics if watches else statistics
        return Standing(
            weights=self._one_in_order(state.weights, statistics),
            first=self._one_in_order(state.first, statistics),
            second=self._one_in_order(state.second, statistics),
            best=self._one_in_order(
                state.best_weights if watches else state.weights, best_statistics
            ),
            best_loss=float(state.best_loss[0]),
            stale=int(state.stale[0]),
        )

    def _one_in_order(
        self, trained: list[np.ndarray], others: list[np.ndarray]
    ) -> list[np.ndarray]:
        # Copies: a view would keep the whole stack.
        return [np.array(each[0]) for each in self.in_order(trained, others)]

    def in_order(self, trained: list[Any], others: list[Any]) -> list[Any]:
        """All weights (m, ...), in the order of the lifted model's."""
        parts, rest = iter(self._taken_apart(trained)), iter(others)
        return [next(parts if each.trained else rest) for each in self._weights]

    def _not_trained(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        pairs = zip(weights, self._weights, strict=True)
        return [each for each, kind in pairs if not kind.trained]

    def _joined(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        """What the optimizer sees of the weights (m, ...)."""
        pairs = zip(weights, self._weights, strict=True)
        trained = [each for each, kind in pairs if kind.trained]
        if not self._is_row:
            return trained
        rows = [each.reshape(len(each), -1) for each in trained]
        return [np.concatenate(rows, axis=1)]

    def _taken_apart(self, trained: list[Any]) -> list[Any]:
        """The weights (m, ...) of what the optimizer sees."""
        if not self._is_row:
            return trained
        ends = np.cumsum([each.size for each in self._trained])[:-1]
        library = np if isinstance(trained[0], np.ndarray) else ops
        parts = library.split(trained[0], [int(end) for end in ends], axis=1)
        return [
            library.reshape(part, (-1, *each.shape))
            for part, each in zip(parts, self._trained, strict=True)
        ]

    def _make_decays(self) -> list[Any]:
        if not self._is_row:
            return [each.decays for each in self._trained]
        parts = [np.full(each.size, each.decays, "float32") for each in self._trained]
        return [np.concatenate(parts)[None]]
