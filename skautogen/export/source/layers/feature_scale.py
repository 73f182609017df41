""":class:`skautogen.layers.FeatureScale` as source."""

from __future__ import annotations

from typing import Any

from .._literals import literal
from ._code import LayerCode


def feature_scale(layer: Any) -> LayerCode:
    """A class of its own."""
    speed = f"speed={literal(layer.speed)}"
    return LayerCode("FeatureScale", (speed,), ("feature_scale",))
