"""Layers that read steps in both directions, as source."""

from __future__ import annotations

from typing import Any

from ._code import LayerCode
from .of_keras import keras_layer


def bidirectional(layer: Any) -> LayerCode:
    """The layer of one direction within that of both."""
    inner = keras_layer(layer.forward_layer)
    code = f"{inner.function}({', '.join(inner.arguments)})"
    merge = (
        () if layer.merge_mode == "concat" else (f'merge_mode="{layer.merge_mode}"',)
    )
    return LayerCode("layers.Bidirectional", (code, *merge))
