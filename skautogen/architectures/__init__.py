"""Keras model builders, one a file, each beside the space it is searched over."""

from ._architecture import Architecture
from ._registry import ARCHITECTURES, find_architectures, get_architecture
from .layer_list import LayerList

__all__ = [
    "ARCHITECTURES",
    "Architecture",
    "LayerList",
    "find_architectures",
    "get_architecture",
]
