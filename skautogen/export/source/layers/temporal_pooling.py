""":class:`skautogen.layers.TemporalPooling` as source."""

from __future__ import annotations

from typing import Any

from ._code import LayerCode


def temporal_pooling(layer: Any) -> LayerCode:
    """A function: it has no weights."""
    return LayerCode("pool_steps", (), ("pool_steps",), True)
