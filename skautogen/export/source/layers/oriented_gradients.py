""":class:`skautogen.layers.OrientedGradients` as source."""

from __future__ import annotations

from typing import Any

from ._code import LayerCode


def oriented_gradients(layer: Any) -> LayerCode:
    """A class of its own."""
    settings = f"{layer.n_orientations}", f"pool_size={layer.pool_size}"
    return LayerCode(
        "OrientedGradients", settings, ("oriented_gradients",), noun="edges"
    )
