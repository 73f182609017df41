"""A network's structure as a value: what a search draws, changes and writes down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import yaml

Setting = int | float | str | bool


@dataclass(frozen=True)
class Block:
    """A part of a network: a kind of block, and its settings.

    Parameters
    ----------
    kind : str
        Such as ``"dense"``.
    settings : tuple of (str, value)
        By name; :meth:`of` takes them as keywords.

    Examples
    --------
    >>> from skautogen.structures import Block
    >>> block = Block.of("dense", units=64, activation="relu")
    >>> block["units"], str(block)
    (64, 'dense(activation=relu, units=64)')
    """

    kind: str
    settings: tuple[tuple[str, Setting], ...] = ()

    def __post_init__(self) -> None:
        # Equal blocks have their settings in one order.
        object.__setattr__(self, "settings", tuple(sorted(map(tuple, self.settings))))

    @classmethod
    def of(cls, kind: str, /, **settings: Setting) -> Self:
        """Make a block of a kind."""
        return cls(kind, tuple(settings.items()))

    def __getitem__(self, name: str) -> Any:
        return dict(self.settings)[name]

    def with_setting(self, name: str, value: Setting) -> Self:
        """Return the block with another value of a setting."""
        return type(self).of(self.kind, **{**dict(self.settings), name: value})

    def __str__(self) -> str:
        settings = ", ".join(f"{name}={value}" for name, value in self.settings)
        return f"{self.kind}({settings})"


@dataclass(frozen=True)
class Structure:
    """How a network begins, and the blocks that follow one another.

    It is immutable and hashable, prints as one line, and becomes YAML and again itself.

    Parameters
    ----------
    stem : Block
        How the input is taken.
    blocks : tuple of Block
        From the input to the last layer, which the target decides.

    Examples
    --------
    >>> from skautogen.structures import Block, Structure
    >>> structure = Structure(Block.of("numbers"), (Block.of("dense", units=8),))
    >>> print(structure)
    numbers() > dense(units=8)
    >>> print(structure.to_yaml())
    stem: {kind: numbers}
    blocks:
    - {kind: dense, units: 8}
    <BLANKLINE>
    >>> Structure.from_yaml(structure.to_yaml()) == structure
    True
    """

    stem: Block
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", tuple(self.blocks))

    def __str__(self) -> str:
        return " > ".join(map(str, (self.stem, *self.blocks)))

    def to_yaml(self) -> str:
        """Write it as YAML."""
        data = {"stem": _as_dict(self.stem), "blocks": [*map(_as_dict, self.blocks)]}
        return yaml.safe_dump(
            data, default_flow_style=None, sort_keys=False, width=10**6
        )

    @classmethod
    def from_yaml(cls, text: str) -> Self:
        """Read what :meth:`to_yaml` wrote; nothing that stands there is run.

        Parameters
        ----------
        text : str

        Returns
        -------
        structure : Structure

        Raises
        ------
        ValueError
            If the text is no YAML, or is no structure.
        """
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ValueError(f"A structure must be YAML; got {error}.") from error
        if not isinstance(data, Mapping) or set(data) != {"stem", "blocks"}:
            raise ValueError(
                "A structure has 'stem', a block, and 'blocks', a list of blocks; got "
                f"{data!r}."
            )
        blocks = data["blocks"]
        if isinstance(blocks, (str, Mapping)) or not isinstance(blocks, Iterable):
            raise ValueError(f"'blocks' must be a list of blocks; got {blocks!r}.")
        return cls(_from_dict(data["stem"]), tuple(map(_from_dict, blocks)))


def _as_dict(block: Block) -> dict[str, Setting]:
    return {"kind": block.kind, **dict(block.settings)}


def _from_dict(data: Any) -> Block:
    is_block = (
        isinstance(data, Mapping)
        and isinstance(data.get("kind"), str)
        and all(isinstance(name, str) for name in data)
        and all(isinstance(each, Setting) for each in data.values())
    )
    if not is_block:
        raise ValueError(
            "A block has a 'kind' and settings that are numbers or names, such as "
            f"{{kind: dense, units: 64}}; got {data!r}."
        )
    settings = {name: value for name, value in data.items() if name != "kind"}
    return Block(data["kind"], tuple(settings.items()))
