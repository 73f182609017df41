""":class:`skautogen.layers.PeriodicEmbedding` as source."""

from __future__ import annotations

from typing import Any

from .._literals import literal
from ._code import LayerCode

_SETTINGS = ("n_numeric", "n_frequencies", "dimension", "sigma", "speed")


def periodic_embedding(layer: Any) -> LayerCode:
    """A class of its own."""
    arguments = tuple(f"{name}={literal(getattr(layer, name))}" for name in _SETTINGS)
    return LayerCode("PeriodicEmbedding", arguments, ("periodic_embedding",))
