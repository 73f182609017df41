"""Fitted estimators made smaller and faster, at a loss that is bounded."""

from ._compress import compress_estimator
from ._method import Method, NotCompressibleError
from ._registry import METHODS, get_methods
from ._result import Attempt, Compression, CompressionReport, share_lost

__all__ = [
    "METHODS",
    "Attempt",
    "Compression",
    "CompressionReport",
    "Method",
    "NotCompressibleError",
    "compress_estimator",
    "get_methods",
    "share_lost",
]
