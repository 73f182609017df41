"""The stacked engine: many networks as one program. See README.md beside this file."""

from ._engine import StackedEngine

__all__ = ["StackedEngine"]
