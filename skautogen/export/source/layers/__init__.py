"""Layers as source: one file for Keras' own, and one for each of ours."""

from ._code import LayerCode
from ._registry import layer_code

__all__ = ["LayerCode", "layer_code"]
