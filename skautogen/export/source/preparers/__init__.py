"""Preparations of inputs as source: one file for each kind of input."""

from ._registry import preparation_source
from ._source import Code, Command, PreparationSource, Size

__all__ = ["Code", "Command", "PreparationSource", "Size", "preparation_source"]
