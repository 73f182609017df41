"""One epoch of a structure, compiled once for every number of models, rows and steps.

Shapes: n rows of all data there are, m models, s steps, b rows of a batch, i inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from ._lift import Context, LiftedModel
from ._rules import RULES, Rule

_LOSSES: dict[str, Callable[[tf.Tensor, tf.Tensor], tf.Tensor]] = {
    # Each takes y (m, b, ...) and what the last layer gives (m, b, o): the loss (m, b).
    "binary_crossentropy": lambda y, z: tf.nn.sigmoid_cross_entropy_with_logits(
        labels=y[..., 0], logits=z[..., 0]
    ),
    "sparse_categorical_crossentropy": lambda y, z: (
        tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=tf.cast(y[..., 0], tf.int32), logits=z
        )
    ),
    "mean_squared_error": lambda y, z: tf.reduce_mean(tf.square(y - z), -1),
}


class Data(NamedTuple):
    """All rows there are, once; models take theirs by number."""

    X: tf.Tensor  # (n, i)
    y: tf.Tensor  # (n, o)
    weight: tf.Tensor  # (n,)


class Epoch(NamedTuple):
    """What is particular to an epoch of each model."""

    order: tf.Tensor  # (s, m, b) int: the rows of each batch, -1 for padding
    rates: tf.Tensor  # (s, m): learning rates
    first_step: tf.Tensor  # (m,): steps done before this epoch
    decay: tf.Tensor  # (m,): weight decay
    dropout: tf.Tensor  # (m,)
    seed: tf.Tensor  # (2,) int


class Program:
    """The compiled functions of a structure.

    Parameters
    ----------
    model : LiftedModel
    optimizer : str
    loss : str
        Names that Keras knows.
    """

    def __init__(self, model: LiftedModel, optimizer: str, loss: str) -> None:
        self._model = model
        self._rule: Rule = RULES[optimizer]
        self._loss = _LOSSES[loss]
        self._trained = [k for k, trains in enumerate(model.trainable) if trains]
        weights = [tf.TensorSpec((None, *shape)) for shape in model.shapes]
        slots = [[weights[k]] * len(self._rule.slots) for k in self._trained]
        data = Data(
            tf.TensorSpec((None, None)), tf.TensorSpec((None, None)), tf.TensorSpec((None,))
        )
        epoch = Epoch(
            tf.TensorSpec((None, None, None), tf.int32),
            tf.TensorSpec((None, None)),
            *[tf.TensorSpec((None,))] * 3,
            tf.TensorSpec((2,), tf.int32),
        )
        rows = tf.TensorSpec((None, None, None), tf.int32)
        self.train = tf.function(self._train, input_signature=[weights, slots, data, epoch])
        self.measure = tf.function(self._measure, input_signature=[weights, data, rows])

    def first_slots(self, n_models: int) -> list[list[tf.Tensor]]:
        """What the optimizer keeps, before the first step."""
        return [
            [tf.fill((n_models, *self._model.shapes[k]), np.float32(v)) for v in self._rule.slots]
            for k in self._trained
        ]

    def _train(
        self,
        weights: list[tf.Tensor],
        slots: list[list[tf.Tensor]],
        data: Data,
        epoch: Epoch,
    ) -> tuple[list[tf.Tensor], list[list[tf.Tensor]], tf.Tensor]:
        """One epoch: the weights and slots after it, and the mean loss (m,)."""
        total = tf.zeros_like(epoch.decay)
        n_rows = tf.zeros_like(epoch.decay)
        for s in tf.range(tf.shape(epoch.order)[0]):
            rows = epoch.order[s]
            present = tf.cast(rows >= 0, tf.float32)
            active = tf.reduce_sum(present, 1)
            context = Context(present, epoch.dropout, epoch.seed + [0, 1000 * s])
            with tf.GradientTape() as tape:
                tape.watch([weights[k] for k in self._trained])
                losses, after = self._losses(weights, data, rows, context)
                # Summed over models, so that no gradient mixes two of them; each
                # model's is the mean over its own rows.
                loss = losses / tf.maximum(active, 1.0)
                objective = tf.reduce_sum(loss)
            gradients = tape.gradient(objective, [weights[k] for k in self._trained])
            after, stepped = self._step(
                weights, after, gradients, slots, epoch, s
            )
            goes_on = active > 0
            weights = [_where(goes_on, a, b) for a, b in zip(after, weights)]
            slots = [
                [_where(goes_on, a, b) for a, b in zip(new, old)]
                for new, old in zip(stepped, slots)
            ]
            total += losses
            n_rows += active
        return weights, slots, total / tf.maximum(n_rows, 1.0)

    def _losses(
        self,
        weights: Sequence[tf.Tensor],
        data: Data,
        rows: tf.Tensor,
        context: Context | None,
    ) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """Summed loss (m,) of the rows (m, b), and the weights after the step."""
        taken = tf.maximum(rows, 0)
        z, after = self._model(tf.gather(data.X, taken), weights, context)
        weight = tf.gather(data.weight, taken) * tf.cast(rows >= 0, tf.float32)
        losses = self._loss(tf.gather(data.y, taken), z)
        return tf.reduce_sum(losses * weight, 1), after

    def _step(
        self,
        weights: list[tf.Tensor],
        after: list[tf.Tensor],
        gradients: list[tf.Tensor],
        slots: list[list[tf.Tensor]],
        epoch: Epoch,
        s: tf.Tensor,
    ) -> tuple[list[tf.Tensor], list[list[tf.Tensor]]]:
        """Weights and slots after the optimizer's step; ``after`` has the statistics."""
        new_weights, new_slots = list(after), []
        for k, gradient, own in zip(self._trained, gradients, slots):
            rate = _like(epoch.rates[s], weights[k])
            t = _like(epoch.first_step + tf.cast(s + 1, tf.float32), weights[k])
            w = weights[k]
            if self._model.decays[k]:
                w -= w * _like(epoch.decay, w) * rate
            new_weights[k], slot = self._rule.step(w, gradient, own, rate, t)
            new_slots.append(slot)
        return new_weights, new_slots

    def _measure(
        self, weights: list[tf.Tensor], data: Data, rows: tf.Tensor
    ) -> tf.Tensor:
        """Mean loss (m,) of each model on rows (s, m, b), without training."""
        total, n_rows = tf.zeros(tf.shape(rows)[1]), tf.zeros(tf.shape(rows)[1])
        for s in tf.range(tf.shape(rows)[0]):
            total += self._losses(weights, data, rows[s], None)[0]
            n_rows += tf.reduce_sum(tf.cast(rows[s] >= 0, tf.float32), 1)
        return total / tf.maximum(n_rows, 1.0)


def _like(values: tf.Tensor, weight: tf.Tensor) -> tf.Tensor:
    """Values (m,) in as many dimensions as the weight (m, ...) has."""
    return tf.reshape(values, [-1] + [1] * (weight.shape.rank - 1))


def _where(condition: tf.Tensor, a: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    return tf.where(_like(condition, a), a, b)
