"""The settings in which the networks of an ensemble differ, as a table."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from .._literals import call

_SUMMARY = '"""How networks are built and trained, and what the answer of each weighs.'
_DOCSTRING = [
    _SUMMARY,
    "",
    "There is a network for each of the folds, trained on all rows but those of the",
    "fold; where there are no folds, there is one, trained on all rows.",
    '"""',
]


class Table:
    """Settings of networks: a row for each network, a column for each setting.

    Values are expressions. Columns that are equal are one.
    """

    def __init__(self) -> None:
        self.columns: dict[str, dict[int, str]] = {}

    def add(self, name: str, values: Mapping[int, str]) -> str:
        """Add a column.

        Parameters
        ----------
        name : str
        values : mapping of int to str
            Of networks, by their places.

        Returns
        -------
        setting : str
            The expression that gives it in a function that takes ``settings``.
        """
        own = name
        number = 1
        while own in self.columns:
            known = self.columns[own]
            shared = known.keys() & values.keys()
            if all(known[place] == values[place] for place in shared):
                break
            number += 1
            own = f"{name}_{number}"
        self.columns.setdefault(own, {}).update(values)
        return f"settings.{own}"

    def row(self, place: int) -> dict[str, str]:
        """The settings of a network."""
        return {n: each[place] for n, each in self.columns.items() if place in each}

    def class_source(
        self, first: Sequence[tuple[str, str]], n_rows: int, *, has_folds: bool
    ) -> str:
        """Write the class of the settings.

        Parameters
        ----------
        first : sequence of tuple of str
            Names and types of fields that come before the columns.
        n_rows : int
            Columns with fewer values have a default.
        has_folds : bool
            Whether networks are trained on folds.

        Returns
        -------
        source : str
        """
        fields = [f"{name}: {kind}" for name, kind in first]
        optional = ["folds: Sequence[int] = ()"] if has_folds else []
        docstring = _DOCSTRING if has_folds else [_SUMMARY + '"""']
        for name, values in self.columns.items():
            kind = _kind(list(values.values()))
            if len(values) == n_rows:
                fields.append(f"{name}: {kind}")
            else:
                optional.append(f"{name}: {kind} | None = None")
        lines = [
            "@dataclass(frozen=True)",
            "class Settings:",
            *(f"    {line}".rstrip() for line in docstring),
            "",
            *(f"    {each}" for each in fields + optional),
        ]
        return "\n".join(lines)


def rows_source(rows: Sequence[Mapping[str, str]]) -> str:
    """Write the table.

    Parameters
    ----------
    rows : sequence of mapping of str to str

    Returns
    -------
    source : str
    """
    calls = [
        call("Settings(", [f"{name}={value}" for name, value in row.items()], ",")
        for row in rows
    ]
    return "\n".join(["NETWORKS = [", *calls, "]"])


def _kind(values: Sequence[str]) -> str:
    """The type of some expressions."""
    kinds = []
    for value in dict.fromkeys(values):
        try:
            kinds.append(type(ast.literal_eval(value)).__name__)
        except ValueError:  # an expression such as 1 / 255, or a list of them
            kinds.append("list[float]" if value.startswith("[") else "float")
    kinds = list(dict.fromkeys(kinds))
    if set(kinds) == {"int", "float"}:
        return "float"
    return " | ".join("None" if each == "NoneType" else each for each in kinds)
