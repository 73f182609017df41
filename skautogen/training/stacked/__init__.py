"""The stacked engine: many networks as one program. See README.md beside this file."""

from ._chain import Activation, BatchNormalization, Chain, Own
from ._compiler import can_stack
from ._engine import StackedEngine
from ._lift import NotStackableError, lift
from ._read_chain import NotAChainError, lift_chain

__all__ = [
    "Activation",
    "BatchNormalization",
    "Chain",
    "NotAChainError",
    "NotStackableError",
    "Own",
    "StackedEngine",
    "can_stack",
    "lift",
    "lift_chain",
]
