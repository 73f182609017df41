"""What a kind of block is: the settings it can have, and the layers it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
from numpy.random import RandomState

from ._structure import Block, Setting


@dataclass(frozen=True)
class BlockKind:
    """A kind of block.

    Parameters
    ----------
    name : str
    choices : mapping of str to tuple
        The values of each setting. Numbers ascend, so that neighbours are alike.
    add : callable, default=None
        ``add(hidden, **settings) -> hidden`` puts its layers behind a tensor, whatever
        its width: that is what makes every sequence of blocks a network. ``None`` for
        stems, which an architecture reads itself.
    """

    name: str
    choices: Mapping[str, tuple[Setting, ...]]
    add: Callable[..., Any] | None = None

    def draw(self, random_state: RandomState) -> Block:
        """Draw a block of this kind."""
        drawn = {
            name: values[random_state.randint(len(values))]
            for name, values in self.choices.items()
        }
        return Block.of(self.name, **drawn)

    def mutate(self, block: Block, random_state: RandomState) -> Block:
        """Change one setting: a number to the next smaller or larger, a name to any."""
        changeable = [name for name, values in self.choices.items() if len(values) > 1]
        if not changeable:
            return block
        name = changeable[random_state.randint(len(changeable))]
        value = neighbour(self.choices[name], block[name], random_state)
        return block.with_setting(name, value)

    def check(self, block: Block) -> None:
        """Refuse a block whose settings are not those of this kind.

        Raises
        ------
        ValueError
        """
        if set(dict(block.settings)) != set(self.choices):
            raise ValueError(
                f"A block of kind {self.name!r} has the settings "
                f"{sorted(self.choices)}; got {block}."
            )


def neighbour(values: Any, value: Any, random_state: RandomState) -> Any:
    """Draw another value: of ascending numbers one that is next, of names any.

    Parameters
    ----------
    values : sequence
    value : object
        One of them, or something else, for which any of them is another.
    random_state : RandomState

    Returns
    -------
    value : object
        The same, if there is no other.
    """
    others = [each for each in values if repr(each) != repr(value)]
    if not others:
        return value
    if all(_is_number(each) for each in (*others, value)):
        below = [each for each in others if each < value]
        above = [each for each in others if each > value]
        near = [*([max(below)] if below else []), *([min(above)] if above else [])]
        others = near or others
    return others[random_state.randint(len(others))]


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, (bool, np.bool_))
