"""Which file writes which layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._refusal import CannotGenerateError
from ..preparers import Size
from . import (
    bidirectional,
    embedding,
    feature_scale,
    members,
    oriented_gradients,
    parametric_activation,
    periodic_embedding,
    random_placement,
    rescaling,
    reshape,
    spectrograms,
    temporal_pooling,
)
from . import residual_block as residual
from ._code import LayerCode
from .application import application
from .of_keras import keras_layer
from .operations import operation

_OWN: dict[str, Callable[[Any], LayerCode | None]] = {
    "FeatureScale": feature_scale.feature_scale,
    "MemberHeads": members.member_heads,
    "MemberInputs": members.member_inputs,
    "OrientedGradients": oriented_gradients.oriented_gradients,
    "ParametricActivation": parametric_activation.parametric_activation,
    "PeriodicEmbedding": periodic_embedding.periodic_embedding,
    "RandomPlacement": random_placement.random_placement,
    "ResidualBlock": residual.residual_block,
    "SpectrogramMasking": spectrograms.masking,
    "SpectrogramShift": spectrograms.shift,
    "TemporalPooling": temporal_pooling.temporal_pooling,
}

# Layers of Keras' that are written in a way of their own.
_OF_KERAS: dict[str, Callable[[Any], LayerCode | None]] = {
    "Activation": lambda layer: None if _is_linear(layer) else keras_layer(layer),
    "AveragePooling2D": lambda layer: (
        None if set(layer.pool_size) == {1} else keras_layer(layer)
    ),
    "Bidirectional": bidirectional.bidirectional,
    "Dropout": lambda layer: keras_layer(layer) if layer.rate else None,
    "Rescaling": rescaling.rescaling,
    "Reshape": reshape.reshape,
}


def _is_linear(layer: Any) -> bool:
    return bool(layer.get_config()["activation"] == "linear")


# Layers whose size is that of a vocabulary.
_OF_SIZE: dict[str, Callable[[Any, str], LayerCode]] = {
    "Embedding": embedding.embedding,
    "EmbeddingBag": embedding.embedding_bag,
}


def layer_code(
    layer: Any, size: Size | None = None, *, keeps_dropout: bool = False
) -> LayerCode | None:
    """Write a layer, or an operation on tensors, as source.

    Parameters
    ----------
    layer : keras.Operation
    size : Size, default=None
        What the size of a vocabulary is called.
    keeps_dropout : bool, default=False
        Whether to write a dropout of 0.

    Returns
    -------
    code : LayerCode or None
        ``None`` if the layer does nothing.

    Raises
    ------
    CannotGenerateError
        If nobody knows how.
    """
    module, name = type(layer).__module__, type(layer).__name__
    if name in _OF_SIZE:
        known = {"Embedding": "input_dim", "EmbeddingBag": "n_terms"}
        number = getattr(layer, known[name])
        shown = f"{number}"
        if size is not None and size.value == number:
            shown = size.name
        return _OF_SIZE[name](layer, shown)
    if name == "Dropout" and keeps_dropout:
        return keras_layer(layer)
    if module.startswith("keras.src.layers."):
        return _OF_KERAS.get(name, keras_layer)(layer)
    if module.startswith("keras.src.models."):
        return application(layer)
    if module.startswith("keras.src.ops."):
        return operation(layer)
    if module.startswith("skautogen.layers.") and name in _OWN:
        return _OWN[name](layer)
    raise CannotGenerateError(
        f"Layer {layer.name!r} is a {module}.{name}, and only layers of Keras and "
        f"these of skautogen can be generated: {', '.join(sorted(_OWN))}."
    )
