""":class:`skautogen.layers.RandomPlacement` as source."""

from __future__ import annotations

from typing import Any

from .._literals import literal
from ._code import LayerCode


def random_placement(layer: Any) -> LayerCode | None:
    """A class of its own for shifts, and Keras' own layer for mirrors."""
    form, parts = "{0}", []
    if layer.shift:
        form, parts = f"RandomShift({literal(layer.shift)})({form})", ["random_shift"]
    if layer.mirror:
        form = f'layers.RandomFlip("horizontal")({form})'
    if form == "{0}":
        return None
    return LayerCode(parts=tuple(parts), form=form, noun="placed")
