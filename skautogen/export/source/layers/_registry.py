"""Which file writes which layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._refusal import CannotGenerateError
from . import feature_scale, members, parametric_activation, periodic_embedding
from . import residual_block as residual
from ._code import LayerCode
from .of_keras import keras_layer

_OWN: dict[str, Callable[[Any], LayerCode]] = {
    "FeatureScale": feature_scale.feature_scale,
    "MemberHeads": members.member_heads,
    "MemberInputs": members.member_inputs,
    "ParametricActivation": parametric_activation.parametric_activation,
    "PeriodicEmbedding": periodic_embedding.periodic_embedding,
    "ResidualBlock": residual.residual_block,
}


def layer_code(layer: Any) -> LayerCode:
    """Write a layer as source.

    Parameters
    ----------
    layer : keras.layers.Layer

    Returns
    -------
    code : LayerCode

    Raises
    ------
    CannotGenerateError
        If nobody knows how.
    """
    module, name = type(layer).__module__, type(layer).__name__
    if module.startswith("keras.src.layers."):
        return keras_layer(layer)
    if module.startswith("skautogen.layers.") and name in _OWN:
        return _OWN[name](layer)
    raise CannotGenerateError(
        f"Layer {layer.name!r} is a {module}.{name}, and only layers of Keras and "
        f"these of skautogen can be generated: {', '.join(sorted(_OWN))}."
    )
