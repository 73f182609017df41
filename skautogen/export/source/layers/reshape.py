"""Numbers in another form, as source."""

from __future__ import annotations

import math
from typing import Any

from .._literals import literal
from ._code import LayerCode


def reshape(layer: Any) -> LayerCode:
    """An axis more, or the last ones as one, whatever their lengths are."""
    taken, made = tuple(layer.input.shape[1:]), tuple(layer.output.shape[1:])
    if made == (*taken, 1):
        return LayerCode("layers.Reshape", ("(*{x}.shape[1:], 1)",))
    if made == (taken[0], math.prod(taken[1:])):
        return LayerCode("layers.Reshape", ("({x}.shape[1], -1)",))
    return LayerCode("layers.Reshape", (literal(tuple(layer.target_shape)),))
