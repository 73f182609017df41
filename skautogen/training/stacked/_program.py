"""The steps of a structure, compiled once for every number of models, rows and steps.

Shapes: n rows of all data there are, m models, s steps, b rows of a batch, i inputs,
p trained numbers of a model, q statistics.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from ._lift import Context, LiftedModel, Packed
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


class Steps(NamedTuple):
    """Steps that are taken in one call: those of an epoch, or of several."""

    order: tf.Tensor  # (s, m, b) int: the rows of each batch, -1 for padding
    rates: tf.Tensor  # (s, m): learning rates
    counts: tf.Tensor  # (s, m): the number of the step in its training, from 1
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
        self._decay_mask = model.decay_mask[None, :]
        n_trained = self._decay_mask.shape[1]
        n_statistics = sum(map(math.prod, model.shapes)) - n_trained
        packed = Packed(
            tf.TensorSpec((None, n_trained)), tf.TensorSpec((None, n_statistics))
        )
        slots = [packed.trained] * len(self._rule.slots)
        table, row = tf.TensorSpec((None, None)), tf.TensorSpec((None,))
        data = Data(table, table, row)
        rows = tf.TensorSpec((None, None, None), tf.int32)
        seed = tf.TensorSpec((2,), tf.int32)
        steps = Steps(rows, table, table, row, row, seed)
        # Traced here and now: a function that is traced when it is called counts as
        # retraced, and TensorFlow warns of that.
        self.train = tf.function(self._train).get_concrete_function(
            packed, slots, data, steps
        )
        self.measure = tf.function(self._measure).get_concrete_function(
            packed, data, rows
        )

    def first_slots(self, n_models: int) -> list[tf.Tensor]:
        """What the optimizer keeps, before the first step."""
        shape = (n_models, self._decay_mask.shape[1])
        return [tf.fill(shape, np.float32(value)) for value in self._rule.slots]

    def _train(
        self, packed: Packed, slots: list[tf.Tensor], data: Data, steps: Steps
    ) -> tuple[Packed, list[tf.Tensor], tf.Tensor]:
        """Take steps: weights and slots after them, and the summed losses (s, m)."""
        w, statistics = packed
        n_steps = tf.shape(steps.order)[0]
        totals = tf.TensorArray(tf.float32, n_steps)
        for s in tf.range(n_steps):
            rows = steps.order[s]
            present = tf.cast(rows >= 0, tf.float32)
            n_present = tf.reduce_sum(present, 1)
            seed = steps.seed + tf.stack([0, 1000 * s])
            context = Context(present, steps.dropout, seed)
            with tf.GradientTape() as tape:
                tape.watch(w)
                losses, after = self._losses(Packed(w, statistics), data, rows, context)
                # Summed over models, so that no gradient mixes two of them; each
                # model's is the mean over its own rows.
                objective = tf.reduce_sum(losses / tf.maximum(n_present, 1.0))
            gradient = tape.gradient(objective, w)
            stepped, new_slots = self._step(w, gradient, slots, steps, s)
            # A model with fewer steps than others sits the last ones out.
            goes_on = (n_present > 0)[:, None]
            w = tf.where(goes_on, stepped, w)
            statistics = tf.where(goes_on, after, statistics)
            slots = [
                tf.where(goes_on, new, old)
                for new, old in zip(new_slots, slots, strict=True)
            ]
            totals = totals.write(s, losses)
        return Packed(w, statistics), slots, totals.stack()

    def _losses(
        self, packed: Packed, data: Data, rows: tf.Tensor, context: Context | None
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """Summed loss (m,) of the rows (m, b), and the statistics after the step."""
        taken = tf.maximum(rows, 0)
        weights = self._model.unpack(packed)
        z, after = self._model(tf.gather(data.X, taken), weights, context)
        weight = tf.gather(data.weight, taken) * tf.cast(rows >= 0, tf.float32)
        losses = self._loss(tf.gather(data.y, taken), z)
        return tf.reduce_sum(losses * weight, 1), after

    def _step(
        self,
        w: tf.Tensor,
        gradient: tf.Tensor,
        slots: list[tf.Tensor],
        steps: Steps,
        s: tf.Tensor,
    ) -> tuple[tf.Tensor, list[tf.Tensor]]:
        """Weights (m, p) and slots after the optimizer's step."""
        rate, t = steps.rates[s][:, None], steps.counts[s][:, None]
        shrunk = w - w * (steps.decay[:, None] * rate * self._decay_mask)
        return self._rule.step(shrunk, gradient, slots, rate, t)

    def _measure(self, packed: Packed, data: Data, rows: tf.Tensor) -> tf.Tensor:
        """Mean loss (m,) of each model on rows (s, m, b), without training."""
        total, n_rows = tf.zeros(tf.shape(rows)[1]), tf.zeros(tf.shape(rows)[1])
        for s in tf.range(tf.shape(rows)[0]):
            total += self._losses(packed, data, rows[s], None)[0]
            n_rows += tf.reduce_sum(tf.cast(rows[s] >= 0, tf.float32), 1)
        return total / tf.maximum(n_rows, 1.0)
