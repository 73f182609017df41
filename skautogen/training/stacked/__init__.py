"""The stacked engine: many networks as one program. See README.md beside this file."""

from ._engine import StackedEngine
from ._lift import NotStackableError, lift

__all__ = ["NotStackableError", "StackedEngine", "lift"]
