"""Keras model builders, one a file, each beside the space it is searched over."""

from ._architecture import Architecture
from ._registry import ARCHITECTURES, find_architectures, get_architecture

__all__ = [
    "ARCHITECTURES",
    "Architecture",
    "find_architectures",
    "get_architecture",
]
