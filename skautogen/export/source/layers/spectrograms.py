"""The layers of :mod:`skautogen.layers` that vary spectrograms, as source."""

from __future__ import annotations

from typing import Any

from .._literals import literal
from ._code import LayerCode


def masking(layer: Any) -> LayerCode | None:
    """A class of its own; nothing, where it masks nothing."""
    return _vary(layer, "spectrogram_masking")


def shift(layer: Any) -> LayerCode | None:
    """A class of its own; nothing, where it moves nothing."""
    return _vary(layer, "spectrogram_shift")


def _vary(layer: Any, part: str) -> LayerCode | None:
    if not layer.frames and not layer.bands:
        return None
    settings = f"frames={literal(layer.frames)}", f"bands={literal(layer.bands)}"
    return LayerCode(type(layer).__name__, settings, (part,))
