"""Epochs of a structure, compiled once for every number of models, rows and steps.

Shapes: m models, e epochs, s steps of an epoch, b rows of a batch, c chunks of r rows
that are watched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import ops

from ._compiler import get_compiler
from ._lift import Context, Lifted
from ._losses import LOSSES
from ._rules import NAMES, Coefficients, update
from ._state import Data, Layout, Orders, Settings, State


@dataclass(frozen=True)
class Kind:
    """What makes a program; equal kinds are one program.

    Attributes
    ----------
    lifted : Lifted
    loss : str
        A name that Keras knows.
    input_shape : tuple of int
        Of a row.
    smooths : bool
        Whether any label is smoothed.
    signs : bool
        Whether any optimizer steps by signs.
    watches : bool
        Whether the loss of held-out rows is followed and the best epoch kept.
    fused : bool
        Whether XLA compiles it: several times faster a step, but compiled anew for each
        number of models, rows and steps.
    in_a_row : bool
        Whether the optimizer sees a model's weights as one row of numbers.
    """

    lifted: Lifted
    loss: str
    input_shape: tuple[int, ...]
    smooths: bool
    signs: bool
    watches: bool
    fused: bool
    in_a_row: bool


class Program:
    """The compiled epochs of a kind.

    Parameters
    ----------
    kind : Kind
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.layout = Layout(kind.lifted.weights, kind.watches, kind.in_a_row)
        self._call = get_compiler().compile(
            self._run, self._make_signature(), kind.fused
        )

    def run(self, *arguments: Any) -> tuple[State, np.ndarray, np.ndarray]:
        """Train for some epochs.

        Parameters
        ----------
        state : State
        data : Data
        settings : Settings
        orders : Orders

        Returns
        -------
        state : State
        losses : ndarray of shape (e, m)
            Summed over the rows of each epoch.
        watched_losses : ndarray of shape (e, m)
            Means, of the rows watched after each epoch.
        """
        state, losses, watched_losses = self._call(*arguments)
        to_numpy = ops.convert_to_numpy
        return State(*state), to_numpy(losses), to_numpy(watched_losses)

    def _make_signature(self) -> tuple[Any, ...]:
        def tensor(shape: Sequence[int | None], dtype: str = "float32") -> Any:
            return keras.KerasTensor(shape, dtype=dtype)

        row, whole = tensor((None,)), tensor((), "int32")
        table = tensor((None, None))
        weights = [tensor((None, *shape)) for shape in self.layout.shapes]
        others = [
            tensor((None, *each.shape), each.dtype)
            for each in self.kind.lifted.weights
            if not each.trained
        ]
        best = (weights, others) if self.kind.watches else ([], [])
        counts = tensor((None,), "int32")
        state = State(weights, weights, weights, others, *best, row, counts)
        data = Data(tensor((None, *self.kind.input_shape)), table, row)
        chosen, watched = tensor((None, None), "int32"), tensor((None,) * 3, "int32")
        settings = Settings(table, chosen, row, counts, watched)
        orders = Orders(
            rows=tensor((None,) * 4, "int32"),
            numbers=tensor((None, None, len(NAMES), None, 1)),
            seeds=tensor((None,) * 3, "uint32"),
            n_epochs=whole,
            n_steps=whole,
        )
        return state, data, settings, orders

    def _run(
        self, state: State, data: Data, settings: Settings, orders: Orders
    ) -> tuple[State, Any, Any]:
        n_epochs, _, n_models = ops.shape(orders.rows)[:3]
        epochs = ops.arange(n_epochs)
        nothing = ops.zeros((n_epochs, n_models), "float32")

        def one_epoch(epoch, state, losses, watched):  # type: ignore[no-untyped-def]
            state, loss = self._epoch(State(*state), data, settings, orders, epoch)
            now = ops.cast(epochs == epoch, "float32")[:, None]
            losses = losses + now * loss[None]
            if self.kind.watches:
                loss = self._watch(state, data, settings)
                watched = watched + now * loss[None]
                trains = ops.any(orders.rows[epoch, 0] >= 0, 1)
                state = _keep_best(state, loss, settings, trains)
            return epoch + 1, tuple(state), losses, watched

        _, state, losses, watched = ops.while_loop(
            lambda epoch, *_: epoch < orders.n_epochs,
            one_epoch,
            (ops.zeros((), "int32"), tuple(state), nothing, nothing),
        )
        return state, losses, watched

    def _epoch(
        self, state: State, data: Data, settings: Settings, orders: Orders, epoch: Any
    ) -> tuple[State, Any]:
        """Take the steps of an epoch; and the summed loss (m,) of its rows."""

        def one_step(step, trained, statistics, total):  # type: ignore[no-untyped-def]
            trained, statistics, loss = self._step(
                trained, statistics, data, settings, orders, (epoch, step)
            )
            return step + 1, trained, statistics, total + loss

        trained = (state.weights, state.first, state.second)
        total = ops.zeros(ops.shape(orders.rows)[2:3], "float32")
        _, trained, statistics, total = ops.while_loop(
            lambda step, *_: step < orders.n_steps,
            one_step,
            (ops.zeros((), "int32"), trained, state.statistics, total),
        )
        weights, first, second = trained
        state = state._replace(
            weights=weights, first=first, second=second, statistics=statistics
        )
        return state, total

    def _step(
        self,
        trained: tuple[list[Any], list[Any], list[Any]],
        statistics: list[Any],
        data: Data,
        settings: Settings,
        orders: Orders,
        when: tuple[Any, Any],
    ) -> tuple[tuple[list[Any], list[Any], list[Any]], list[Any], Any]:
        weights, first, second = trained
        rows = orders.rows[when]
        present = ops.cast(rows >= 0, "float32")
        context = Context(present, settings.rates, orders.seeds[when])
        n_present = ops.maximum(ops.sum(present, 1), 1.0)

        def objective(weights: list[Any]) -> tuple[Any, Any]:
            losses, after, penalty = self._losses(
                weights, statistics, data, settings, rows, context
            )
            total = ops.sum(losses, 1)
            # Summed over models, so that no gradient mixes two of them; each model's
            # is the mean over its own rows.
            return ops.sum(total / n_present + penalty), (total, after, penalty)

        gradients, (total, after, penalty) = get_compiler().gradient(objective, weights)
        numbers = orders.numbers[when]
        # For weights of each number of axes.
        shaped = {
            rank: Coefficients(
                *ops.unstack(
                    ops.reshape(numbers, (len(NAMES), -1, *[1] * (rank - 1))),
                    len(NAMES),
                )
            )
            for rank in {len(w.shape) for w in weights}
        }
        stepped = [
            update(w, g, m, v, shaped[len(w.shape)], decays, self.kind.signs)
            for w, g, m, v, decays in zip(
                weights, gradients, first, second, self.layout.decays, strict=True
            )
        ]
        weights, first, second = ([each[k] for each in stepped] for k in range(3))
        loss = total + penalty * ops.sum(present, 1)
        return (weights, first, second), after, loss

    def _losses(
        self,
        weights: list[Any],
        statistics: list[Any],
        data: Data,
        settings: Settings,
        rows: Any,
        context: Context | None,
    ) -> tuple[Any, list[Any], Any]:
        """Losses (m, b) of rows, the statistics after, and the models' penalties."""
        taken, gather = ops.maximum(rows, 0), get_compiler().gather
        every = self.layout.in_order(weights, statistics)
        z, after, penalty = self.kind.lifted(
            gather(data.X, taken), every, settings.choices, context
        )
        weight = gather(data.weight, taken) * ops.cast(rows >= 0, "float32")
        smoothing = settings.smoothing if self.kind.smooths else None
        loss = LOSSES[self.kind.loss]
        losses = loss(gather(data.y, taken), z, smoothing)
        return losses * weight, after, penalty

    def _watch(self, state: State, data: Data, settings: Settings) -> Any:
        """Mean loss (m,) of the rows that are watched."""
        n_chunks, n_models, _ = ops.shape(settings.watched)

        def one_chunk(chunk, total):  # type: ignore[no-untyped-def]
            rows = settings.watched[chunk]
            losses, _, penalty = self._losses(
                state.weights, state.statistics, data, settings, rows, None
            )
            n_present = ops.sum(ops.cast(rows >= 0, "float32"), 1)
            return chunk + 1, total + ops.sum(losses, 1) + penalty * n_present

        _, total = ops.while_loop(
            lambda chunk, _: chunk < n_chunks,
            one_chunk,
            (ops.zeros((), "int32"), ops.zeros((n_models,), "float32")),
        )
        n_rows = ops.sum(ops.cast(settings.watched >= 0, "float32"), (0, 2))
        return total / ops.maximum(n_rows, 1.0)


def _keep_best(state: State, loss: Any, settings: Settings, trains: Any) -> State:
    """Keep the weights of models that trained, improved, and had not stopped before."""
    # A model without watched rows keeps its last epoch, as Keras does.
    has_watched = ops.any(settings.watched >= 0, (0, 2))
    is_better = (loss < state.best_loss) & (state.stale < settings.patience)
    is_better = is_better & trains
    keeps = is_better | ops.logical_not(has_watched)

    def choose(now: Any, best: Any) -> Any:
        return ops.where(_column(keeps, now), now, best)

    pairs = zip(state.weights, state.best_weights, strict=True)
    rest = zip(state.statistics, state.best_statistics, strict=True)
    return state._replace(
        best_weights=[choose(*each) for each in pairs],
        best_statistics=[choose(*each) for each in rest],
        best_loss=ops.where(is_better, loss, state.best_loss),
        stale=ops.where(keeps, 0, state.stale + ops.cast(trains, "int32")),
    )


def _column(values: Any, like: Any) -> Any:
    """One value a model, in a shape that goes with the models' tensors."""
    return ops.reshape(values, (-1, *[1] * (len(like.shape) - 1)))
