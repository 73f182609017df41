"""What is wrong with a configuration, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# The way to a value: names of keys, and numbers of the entries of lists.
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes
    ----------
    line, column : int
        Counted from 1.
    key : str
        The way to it: ``"search.n_iter"``, ``"model.layers[2].Dense.units"``.
    message : str
        What was got, what is accepted, and the nearest name.
    """

    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.key}: " if self.key else ""
        return f"{self.line}:{self.column}: {where}{self.message}"


class ConfigError(ValueError):
    """A configuration that is not as it should be: all that is wrong with it.

    Attributes
    ----------
    file : str
    problems : tuple of Problem
        In their order in the file.
    """

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = [f"{file}:{problem}" for problem in problems]
        super().__init__("\n".join([f"{file} has {count}:", *lines]))


def dotted(path: Path) -> str:
    """Write the way to a value as one string.

    Parameters
    ----------
    path : tuple of str and int

    Returns
    -------
    key : str

    Examples
    --------
    >>> from skautogen.config._problems import dotted
    >>> dotted(("model", "layers", 2, "Dense"))
    'model.layers[2].Dense'
    """
    key = ""
    for each in path:
        key += f"[{each}]" if isinstance(each, int) else f".{each}"
    return key.removeprefix(".")
