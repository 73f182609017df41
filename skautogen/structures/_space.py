"""The structures of a kind of input: drawn, changed, crossed, and made into layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.random import RandomState
from sklearn.utils import check_random_state

from .._spelling import unknown_name
from ._block_kind import BlockKind
from ._structure import Block, Structure

# Blocks are added, taken away, replaced and changed; changes are the finest step.
_CHANGES = ("change", "change", "add", "remove", "replace")


class StructureSpace:
    """The sequences of some kinds of blocks, up to a length.

    Every change and every crossing of them is one again. ``in`` says whether a
    structure can be built, of whatever length. It has the ``rvs`` of
    SciPy's distributions, so that ``RandomizedSearchCV`` draws from it, too.

    Parameters
    ----------
    stem : BlockKind
        How networks begin.
    kinds : sequence of BlockKind
        What may follow.
    min_blocks, max_blocks : int
        Fewest and most of these.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.architectures.table_blocks import SPACE
    >>> rng = np.random.RandomState(0)
    >>> one, other = SPACE.rvs(rng), SPACE.rvs(rng)
    >>> child = SPACE.mutate(SPACE.cross(one, other, rng), rng)
    >>> child in SPACE
    True
    """

    def __init__(
        self,
        stem: BlockKind,
        kinds: Sequence[BlockKind],
        *,
        min_blocks: int = 1,
        max_blocks: int,
    ) -> None:
        self.stem = stem
        self.kinds = {kind.name: kind for kind in kinds}
        self.min_blocks, self.max_blocks = min_blocks, max_blocks

    def __repr__(self) -> str:
        return f"StructureSpace({'|'.join(self.kinds)}, max_blocks={self.max_blocks})"

    def rvs(self, random_state: Any = None) -> Structure:
        """Draw a structure: how many blocks, then each."""
        random_state = check_random_state(random_state)
        n_blocks = random_state.randint(self.min_blocks, self.max_blocks + 1)
        blocks = tuple(self._draw_block(random_state) for _ in range(n_blocks))
        return Structure(self.stem.draw(random_state), blocks)

    def mutate(self, structure: Structure, random_state: RandomState) -> Structure:
        """Change one thing: a setting, or a block that comes, goes or is replaced."""
        stem, blocks = structure.stem, list(structure.blocks)
        change = _CHANGES[random_state.randint(len(_CHANGES))]
        if change == "add" and len(blocks) < self.max_blocks:
            place = random_state.randint(len(blocks) + 1)
            blocks.insert(place, self._draw_block(random_state))
        elif change == "remove" and len(blocks) > self.min_blocks:
            del blocks[random_state.randint(len(blocks))]
        elif change == "replace" and blocks:
            blocks[random_state.randint(len(blocks))] = self._draw_block(random_state)
        else:
            place = random_state.randint(len(blocks) + 1)
            if place == len(blocks):
                stem = self.stem.mutate(stem, random_state)
            else:
                kind = self.kinds[blocks[place].kind]
                blocks[place] = kind.mutate(blocks[place], random_state)
        return Structure(stem, tuple(blocks))

    def cross(
        self, one: Structure, other: Structure, random_state: RandomState
    ) -> Structure:
        """Begin as one, end as the other: a cut somewhere in each."""
        head = random_state.randint(len(one.blocks) + 1)
        tail = random_state.randint(len(other.blocks) + 1)
        blocks = (*one.blocks[:head], *other.blocks[tail:])[: self.max_blocks]
        if len(blocks) < self.min_blocks:
            blocks = one.blocks
        return Structure(one.stem, blocks)

    def __contains__(self, structure: object) -> bool:
        try:
            self.check(structure)
        except (TypeError, ValueError):
            return False
        return True

    def check(self, structure: object) -> Structure:
        """Refuse what cannot be built here.

        Settings may have values that are never drawn; longer structures than are drawn
        can be built, too.

        Returns
        -------
        structure : Structure

        Raises
        ------
        TypeError
            If it is no structure.
        ValueError
            If it has blocks, or settings of blocks, that there are not.
        """
        if not isinstance(structure, Structure):
            raise TypeError(
                "structure must be a skautogen.structures.Structure; got "
                f"{structure!r} of type {type(structure).__name__}."
            )
        if structure.stem.kind != self.stem.name:
            raise ValueError(
                unknown_name("stem", structure.stem.kind, [self.stem.name])
            )
        self.stem.check(structure.stem)
        for block in structure.blocks:
            if block.kind not in self.kinds:
                raise ValueError(unknown_name("kind of block", block.kind, self.kinds))
            self.kinds[block.kind].check(block)
        return structure

    def add(self, hidden: Any, block: Block, **context: Any) -> Any:
        """Put the layers of a block behind a tensor.

        Parameters
        ----------
        hidden : keras.KerasTensor
        block : Block
        **context : object
            What blocks of this space ask for besides their settings.

        Returns
        -------
        hidden : keras.KerasTensor
        """
        add = self.kinds[block.kind].add
        assert add is not None, "stems are no blocks"
        return add(hidden, **dict(block.settings), **context)

    def _draw_block(self, random_state: RandomState) -> Block:
        kinds = list(self.kinds.values())
        return kinds[random_state.randint(len(kinds))].draw(random_state)
