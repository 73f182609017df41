"""Preparations of inputs as source: one file for each kind of input."""

from ._registry import preparation_source
from ._source import PreparationSource

__all__ = ["PreparationSource", "preparation_source"]
