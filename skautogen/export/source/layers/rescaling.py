"""Numbers brought to another scale, as source."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._literals import literal
from ._code import LayerCode


def rescaling(layer: Any) -> LayerCode:
    """A number for all channels, where there is one channel; 1 / 64 as that."""
    scale, offset = (np.ravel(each).tolist() for each in (layer.scale, layer.offset))
    arguments = [_numbers(scale, _as_share)]
    if any(offset):
        arguments.append(f"offset={_numbers(offset, literal)}")
    return LayerCode("layers.Rescaling", tuple(arguments), noun="scaled")


def _numbers(values: list[float], write: Any) -> str:
    written = [write(each) for each in values]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _as_share(value: float) -> str:
    """A number as 1 by another, where that is a whole one."""
    whole = round(1 / value) if value else 0
    return f"1 / {whole}" if whole > 1 and 1 / whole == value else literal(value)
