"""Reading a chain of plain layers off a Keras model."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np

from ...layers import MemberHeads, StackableLayer
from .._optimizers import decays
from ._chain import (
    Activation,
    BatchNormalization,
    Chain,
    Dense,
    Function,
    Layer,
    Own,
)
from ._lift import Single, Weight


class NotAChainError(ValueError):
    """A Keras model is no chain of layers that are written out here."""


def lift_chain(model: keras.Model, n_steps: int = 1) -> tuple[Chain, Single]:
    """Lift a model that is a chain of Dense, BatchNormalization, Activation, Dropout.

    Layers of ours may be among them, and are all that may stand before the end of a
    sequence. ``n_steps`` is how many steps a sequence has.

    Raises
    ------
    NotAChainError
        If the model is anything else.
    """
    layers: list[Layer] = []
    rates: dict[int, float] = {}
    activations: list[Function] = []
    chain = _layers_in_order(model)
    for layer in chain:
        _check_settings(layer)
        n_units = int(layer.output.shape[-1])
        if not isinstance(layer, StackableLayer) and len(layer.output.shape) > 2:
            raise NotAChainError(f"layer {layer.name!r} is written out for rows alone")
        if isinstance(layer, keras.layers.Dropout):
            if len(layers) in rates:
                raise NotAChainError("two dropouts in a row")
            rates[len(layers)] = float(layer.rate)
            continue
        if isinstance(layer, keras.layers.Dense):
            n_inputs = int(layer.kernel.shape[0])
            layers.append(Dense(n_inputs, n_units, layer.use_bias))
        if isinstance(layer, keras.layers.BatchNormalization):
            layers.append(BatchNormalization(n_units, layer.momentum, layer.epsilon))
        if isinstance(layer, MemberHeads) and layer is not chain[-1]:
            raise NotAChainError(f"layer {layer.name!r} is not the last")
        if isinstance(layer, StackableLayer):
            layers.append(_read_own(layer, n_units, n_steps))
            continue
        function = getattr(layer, "activation", keras.activations.linear)
        if isinstance(function, keras.layers.Layer):
            raise NotAChainError(f"the activation of {layer.name!r} is a layer")
        if function is not keras.activations.linear and layer is not chain[-1]:
            layers.append(Activation(n_units, (function,)))
            activations.append(function)
    last = chain[-1]
    if type(last) not in (keras.layers.Dense, MemberHeads):
        raise NotAChainError(f"the last layer, {last.name!r}, is not a Dense")
    places = tuple(sorted(rates))
    weights = [np.asarray(each) for each in model.get_weights()]
    single = Single(
        weights, tuple(rates[place] for place in places), tuple(activations)
    )
    return Chain(tuple(layers), places, last.activation), single


def _read_own(layer: StackableLayer, n_units: int, n_steps: int) -> Own:
    # What is beyond ``compute`` a stack would leave out.
    has_own_call = type(layer).call not in (StackableLayer.call, MemberHeads.call)
    is_plain = all(
        each.trainable and each.regularizer is None and each.constraint is None
        for each in layer.weights
    )
    if has_own_call or not is_plain:
        raise NotAChainError(f"layer {layer.name!r} does more than its compute says")
    weights = tuple(
        Weight(tuple(each.shape), each.trainable, decays(each.name))
        for each in layer.weights
    )
    places = (length or n_steps for length in layer.output.shape[1:-1])
    return Own(type(layer), layer.settings, weights, n_units, math.prod(places))


def _layers_in_order(model: keras.Model) -> list[keras.layers.Layer]:
    """The layers, if each takes just what the one before it gives."""
    if type(model).__module__.partition(".")[0] != "keras":
        raise NotAChainError("its class may compute and train in a way of its own")
    layers = [
        each for each in model.layers if not isinstance(each, keras.layers.InputLayer)
    ]
    try:
        given = [model.inputs[0], *(each.output for each in layers)]
        taken = [*(each.input for each in layers), model.outputs[0]]
    except (AttributeError, ValueError) as error:  # a shared part
        raise NotAChainError("its layers do not form a chain") from error
    ends = len(model.inputs) + len(model.outputs)
    if ends != 2 or any(a is not b for a, b in zip(given, taken, strict=True)):
        raise NotAChainError("its layers do not form a chain")
    return layers


# By exact class, since a subclass may do anything, and with settings under which a
# layer does what is written out here.
_PLAIN_SETTINGS: dict[type, dict[str, Any]] = {
    keras.layers.Dense: {
        "activity_regularizer": None,
        "bias_constraint": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "kernel_regularizer": None,
        "lora_rank": None,
        "trainable": True,
    },
    keras.layers.BatchNormalization: {
        "activity_regularizer": None,
        "beta_constraint": None,
        "beta_regularizer": None,
        "gamma_constraint": None,
        "gamma_regularizer": None,
        "center": True,
        "scale": True,
        "synchronized": False,
        "trainable": True,
    },
    keras.layers.Activation: {"activity_regularizer": None},
    keras.layers.Dropout: {"activity_regularizer": None, "noise_shape": None},
}


def _check_settings(layer: keras.layers.Layer) -> None:
    settings = _PLAIN_SETTINGS.get(type(layer))
    if isinstance(layer, StackableLayer):
        settings = {"activity_regularizer": None, "trainable": True}
    if settings is None or layer.compute_dtype != "float32":
        raise NotAChainError(f"layer {layer.name!r} is not written out")
    for name, plain in settings.items():
        if getattr(layer, name, plain) != plain:
            raise NotAChainError(f"layer {layer.name!r} has {name} of its own")
