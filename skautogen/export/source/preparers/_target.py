"""The target of CSV files on the command line."""

from __future__ import annotations

from typing import Any, NamedTuple

from .._task import Task


class Target(NamedTuple):
    """Columns that are to be predicted.

    Attributes
    ----------
    names : str or list of str
        What they are called, unless someone says so.
    argument : tuple of str
        Of the command line, as ``add_argument`` takes it.
    columns : str
        The columns of what is predicted, as an expression.
    shown : str
        In a shell.
    """

    names: Any
    argument: tuple[str, ...]
    columns: str
    shown: str

    @classmethod
    def of(cls, task: Task) -> Target:
        """Say what is predicted for a task."""
        if task.n_outputs == 1:
            argument = '"--target"', 'help="column to predict"'
            return cls("target", argument, "[target]", "target")
        names = [f"target_{number}" for number in range(task.n_outputs)]
        several = '"--target"', 'nargs="+"', 'help="columns to predict"'
        return cls(names, several, "target", " ".join(names))
