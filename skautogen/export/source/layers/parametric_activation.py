""":class:`skautogen.layers.ParametricActivation` as source."""

from __future__ import annotations

from typing import Any

from .._literals import literal
from ._code import LayerCode


def parametric_activation(layer: Any) -> LayerCode:
    """A class of its own."""
    arguments = literal(layer.function), f"speed={literal(layer.speed)}"
    return LayerCode("ParametricActivation", arguments, ("parametric_activation",))
