"""Structures of networks as values, and the spaces that they are searched in."""

from ._block_kind import BlockKind, neighbour
from ._space import StructureSpace
from ._structure import Block, Structure

__all__ = ["Block", "BlockKind", "Structure", "StructureSpace", "neighbour"]
