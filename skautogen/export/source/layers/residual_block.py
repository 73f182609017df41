""":class:`skautogen.layers.ResidualBlock` as source."""

from __future__ import annotations

from typing import Any

from .._literals import literal
from ._code import LayerCode


def residual_block(layer: Any) -> LayerCode:
    """Layers of Keras', which are more to read once and less each time."""
    arguments = f"units={layer.n_hidden}", f"activation={literal(layer.function)}"
    return LayerCode("residual_block", arguments, ("residual_block",), True)
