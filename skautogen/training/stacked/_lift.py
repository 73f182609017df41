"""One Keras model, lifted to many: layers as functions over stacked weights.

Shapes: x is (m, b, i) with m models, b rows and i inputs; a kernel (m, i, o); a vector
of a layer's (m, o). ``present`` is (m, b), 1 for a row and 0 for padding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import keras
import numpy as np
import tensorflow as tf


class NotStackableError(ValueError):
    """A Keras model has something that no lift is known for."""


# Settings under which a layer does what its lift does.
_PLAIN_SETTINGS: dict[str, Any] = {
    "activity_regularizer": None,
    "bias_constraint": None,
    "bias_regularizer": None,
    "kernel_constraint": None,
    "kernel_regularizer": None,
    "beta_constraint": None,
    "beta_regularizer": None,
    "gamma_constraint": None,
    "gamma_regularizer": None,
    "lora_rank": None,
    "noise_shape": None,
    "center": True,
    "scale": True,
    "synchronized": False,
    "trainable": True,
}


@dataclass(frozen=True)
class Context:
    """What a layer may need besides its input and its weights.

    Attributes
    ----------
    present : tensor of shape (m, b), or None in a prediction
    dropout : tensor of shape (m,)
        Dropout rate of each model.
    seed : tensor of shape (2,)
        Of the masks of this step.
    """

    present: tf.Tensor
    dropout: tf.Tensor
    seed: tf.Tensor


class Layer(Protocol):
    """A lifted layer: ``(x, weights, context) -> (y, weights after the step)``."""

    def __call__(
        self, x: tf.Tensor, weights: list[tf.Tensor], context: Context | None
    ) -> tuple[tf.Tensor, list[tf.Tensor]]: ...


def _lift_dense(
    layer: keras.layers.Dense, activation: Callable[..., Any] | None = None
) -> Layer:
    activation = layer.activation if activation is None else activation

    def call(x, weights, context):  # type: ignore[no-untyped-def]
        kernel, *bias = weights
        y = tf.matmul(x, kernel)
        return activation(y + bias[0][:, None, :] if bias else y), weights

    return call


def _lift_activation(layer: keras.layers.Activation) -> Layer:
    def call(x, weights, context):  # type: ignore[no-untyped-def]
        return layer.activation(x), weights

    return call


def _lift_batch_normalization(layer: keras.layers.BatchNormalization) -> Layer:
    momentum, epsilon = layer.momentum, layer.epsilon

    def call(x, weights, context):  # type: ignore[no-untyped-def]
        gamma, beta, moving_mean, moving_variance = weights
        if context is None:
            mean, variance = moving_mean, moving_variance
        else:
            share = context.present / tf.reduce_sum(context.present, 1, keepdims=True)
            mean = tf.reduce_sum(x * share[:, :, None], 1)
            deviation = tf.square(x - mean[:, None, :])
            variance = tf.reduce_sum(deviation * share[:, :, None], 1)
            moving_mean = moving_mean * momentum + mean * (1 - momentum)
            moving_variance = moving_variance * momentum + variance * (1 - momentum)
        scale = gamma * tf.math.rsqrt(variance + epsilon)
        y = x * scale[:, None, :] + (beta - mean * scale)[:, None, :]
        return y, [gamma, beta, moving_mean, moving_variance]

    return call


def _lift_dropout(layer: keras.layers.Dropout, number: int) -> Layer:
    def call(x, weights, context):  # type: ignore[no-untyped-def]
        if context is None:
            return x, weights
        rate = context.dropout[:, None, None]
        drawn = tf.random.stateless_uniform(tf.shape(x), context.seed + number)
        return tf.where(drawn >= rate, x / (1 - rate), 0.0), weights

    return call


# By exact class: a subclass may do anything. ``_check_layer`` looks at the settings.
_LIFTS: dict[type, Callable[..., Layer]] = {
    keras.layers.Dense: _lift_dense,
    keras.layers.Activation: _lift_activation,
    keras.layers.BatchNormalization: _lift_batch_normalization,
    keras.layers.Dropout: _lift_dropout,
}


class Packed(NamedTuple):
    """All weights of a model as two rows of numbers, or of m models as two tables.

    An optimizer's step is then a few operations and not a few for each weight: the
    models are small, and each operation costs more than what it computes.
    """

    trained: Any  # (p,) or (m, p)
    statistics: Any  # (q,) or (m, q)


@dataclass(frozen=True)
class LiftedModel:
    """A chain of layers over stacked weights.

    Attributes
    ----------
    layers : sequence of Layer
    n_weights : sequence of int
        How many of the weights are of each layer, in the order of
        ``keras.Model.get_weights``.
    shapes : sequence of tuple of int
        Shape of each weight in a single model.
    trained, decays : sequence of bool
        Whether each weight is trained, and whether weight decay shrinks it.
    answer : callable
        The activation of the last layer.
    """

    layers: Sequence[Layer]
    n_weights: Sequence[int]
    shapes: Sequence[tuple[int, ...]]
    trained: Sequence[bool]
    decays: Sequence[bool]
    answer: Callable[[tf.Tensor], tf.Tensor]

    @property
    def decay_mask(self) -> np.ndarray:
        """1 for each trained number that weight decay shrinks, of shape (p,)."""
        own = zip(self.shapes, self.decays, self.trained, strict=True)
        parts = [np.full(math.prod(s), decays) for s, decays, trained in own if trained]
        return np.concatenate(parts).astype("float32")

    def pack(self, weights: Sequence[np.ndarray]) -> Packed:
        """One model's weights as two rows: what is trained, and the statistics."""
        rows: dict[bool, list[np.ndarray]] = {True: [], False: []}
        for weight, trained in zip(weights, self.trained, strict=True):
            rows[trained].append(np.ravel(weight))
        empty = [np.empty(0, dtype="float32")]
        return Packed(*(np.concatenate(rows[k] or empty) for k in (True, False)))

    def unpack(self, packed: Packed) -> list[Any]:
        """The weights (m, *shape) of models, packed as (m, p) and (m, q)."""
        sizes: dict[bool, list[int]] = {True: [], False: []}
        for shape, trained in zip(self.shapes, self.trained, strict=True):
            sizes[trained].append(math.prod(shape))
        parts = {
            trained: iter(
                tf.split(row, sizes[trained], axis=1) if sizes[trained] else ()
            )
            for trained, row in zip((True, False), packed, strict=True)
        }
        return [
            tf.reshape(next(parts[trained]), (-1, *shape))
            for shape, trained in zip(self.shapes, self.trained, strict=True)
        ]

    def __call__(
        self, x: tf.Tensor, weights: Sequence[tf.Tensor], context: Context | None = None
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """Run the chain; without a context as in a prediction.

        Parameters
        ----------
        x : tensor of shape (m, b, i)
        weights : sequence of tensor of shape (m, ...)
        context : Context, default=None

        Returns
        -------
        y : tensor of shape (m, b, o)
            What the last layer gives before its activation.
        statistics : tensor of shape (m, q)
            After the step, packed.
        """
        after: list[tf.Tensor] = []
        for layer, n in zip(self.layers, self.n_weights, strict=True):
            start = len(after)
            x, own = layer(x, list(weights[start : start + n]), context)
            after += own
        statistics = [
            tf.reshape(each, (tf.shape(each)[0], -1))
            for each, trained in zip(after, self.trained, strict=True)
            if not trained
        ]
        return x, tf.concat(statistics, 1) if statistics else tf.zeros(
            (tf.shape(x)[0], 0)
        )


def lift(model: keras.Model) -> LiftedModel:
    """Lift a Keras model whose layers form a chain.

    The activation of the last layer is left out: losses are computed from what comes
    before it.

    Parameters
    ----------
    model : keras.Model

    Returns
    -------
    lifted : LiftedModel

    Raises
    ------
    NotStackableError
        If the layers do not form a chain, or one of them has no lift.
    """
    if not type(model).__module__.startswith("keras."):
        # It may have a ``train_step`` or a ``call`` of its own.
        raise NotStackableError(
            f"it is a {type(model).__name__}, not a model of Keras'"
        )
    chain = _chain(model)
    for layer in chain:
        _check_layer(layer)
    if type(chain[-1]) is not keras.layers.Dense:
        raise NotStackableError(f"the last layer, {chain[-1].name!r}, is not a Dense")
    weights = [each for layer in chain for each in layer.weights]
    trained = {id(each) for each in model.trainable_weights}
    return LiftedModel(
        layers=[
            *(_lift_layer(layer, number) for number, layer in enumerate(chain[:-1])),
            _lift_dense(chain[-1], activation=keras.activations.linear),
        ],
        n_weights=[len(layer.weights) for layer in chain],
        shapes=[tuple(each.shape) for each in weights],
        trained=[id(each) in trained for each in weights],
        decays=[each.name == "kernel" for each in weights],
        answer=chain[-1].activation,
    )


def _check_layer(layer: keras.layers.Layer) -> None:
    """Refuse a layer that does something its lift does not."""
    what = f"layer {layer.name!r} ({type(layer).__name__})"
    if type(layer) not in _LIFTS:
        known = ", ".join(sorted(each.__name__ for each in _LIFTS))
        raise NotStackableError(f"{what} has no stacked form; these have: {known}")
    if layer.compute_dtype != "float32":
        raise NotStackableError(f"{what} computes in {layer.compute_dtype}")
    for name, plain in _PLAIN_SETTINGS.items():
        if getattr(layer, name, plain) is not plain:
            raise NotStackableError(f"{what} has {name}={getattr(layer, name)!r}")


def _lift_layer(layer: keras.layers.Layer, number: int) -> Layer:
    """Lift a layer; ``number`` sets its random draws apart from other layers'."""
    if type(layer) is keras.layers.Dropout:
        return _lift_dropout(layer, number)
    return _LIFTS[type(layer)](layer)


def _chain(model: keras.Model) -> list[keras.layers.Layer]:
    """The layers in order, if each takes just what the one before it gives."""
    layers = [
        each for each in model.layers if not isinstance(each, keras.layers.InputLayer)
    ]
    try:
        given = [model.inputs[0], *(each.output for each in layers)]
        taken = [*(each.input for each in layers), model.outputs[0]]
    except (AttributeError, ValueError) as error:  # a subclassed or shared part
        raise NotStackableError("its layers do not form a chain") from error
    if len(model.inputs) + len(model.outputs) != 2 or any(
        a is not b for a, b in zip(given, taken, strict=True)
    ):
        raise NotStackableError("its layers do not form a chain")
    return layers


# Of a layer's configuration, what does not change the computation, or is an argument.
_NOT_OF_THE_STRUCTURE = {"name", "rate", "seed"}


def describe(model: keras.Model) -> tuple[Any, ...]:
    """What two models must have in common to be trained by one program.

    Parameters
    ----------
    model : keras.Model

    Returns
    -------
    signature : hashable
    """
    return tuple(
        (
            type(layer).__name__,
            repr(
                sorted(
                    (name, repr(value))
                    for name, value in layer.get_config().items()
                    if name not in _NOT_OF_THE_STRUCTURE
                )
            ),
            tuple(tuple(weight.shape) for weight in layer.weights),
        )
        for layer in model.layers
    )
