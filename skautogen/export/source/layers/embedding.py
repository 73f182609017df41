"""Layers that look vectors up by their numbers, as source."""

from __future__ import annotations

from typing import Any

from ._code import LayerCode


def embedding(layer: Any, size: str) -> LayerCode:
    """Keras' own."""
    return LayerCode("layers.Embedding", (size, f"{layer.output_dim}"), noun="vectors")


def embedding_bag(layer: Any, size: str) -> LayerCode:
    """A class of its own for :class:`skautogen.layers.EmbeddingBag`."""
    arguments = size, f"units={layer.n_units}"
    return LayerCode("EmbeddingBag", arguments, ("embedding_bag",), noun="summed")
