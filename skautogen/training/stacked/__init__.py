"""The stacked engine: many networks as one program. See README.md beside this file."""

from ._chain import (
    Activation,
    BatchNormalization,
    Chain,
    Dense,
    NotAChainError,
    lift_chain,
)
from ._compiler import can_stack
from ._engine import StackedEngine
from ._lift import NotStackableError, lift

__all__ = [
    "Activation",
    "BatchNormalization",
    "Chain",
    "Dense",
    "NotAChainError",
    "NotStackableError",
    "StackedEngine",
    "can_stack",
    "lift",
    "lift_chain",
]
