"""Keras model builders, one a file, each beside the space it is searched over."""

from ._architecture import Architecture
from ._registry import ARCHITECTURES, get_architecture

__all__ = ["ARCHITECTURES", "Architecture", "get_architecture"]
