"""The layers of :mod:`skautogen.layers` for members that share weights, as source."""

from __future__ import annotations

from typing import Any

from .._literals import literal
from ._code import LayerCode


def member_inputs(layer: Any) -> LayerCode:
    """A class of its own."""
    return LayerCode("MemberInputs", (f"{layer.n_members}",), ("member_inputs",))


def member_heads(layer: Any) -> LayerCode:
    """A class of its own."""
    activation = literal(layer.activation.__name__)
    arguments = f"{layer.n_members}", f"{layer.units}", f"activation={activation}"
    return LayerCode(
        "MemberHeads", (*arguments, f"name={literal(layer.name)}"), ("member_heads",)
    )
