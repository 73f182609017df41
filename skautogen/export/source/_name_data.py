"""The user's own data as what a generated file trains on by itself."""

from __future__ import annotations

import ast
import shlex
from collections.abc import Sequence

from ._literals import constant


def name_data(
    source: str,
    data: str | None = None,
    target: str | Sequence[str] | None = None,
    text: str | None = None,
) -> str:
    """Let the constants of a generated file, and its docstring, name some data.

    Parameters
    ----------
    source : str
        Of the file.
    data : str, default=None
        Path of the data; ``None`` leaves what is there.
    target : str or sequence of str, default=None
        The column or columns that are predicted. Files whose data are no tables have
        none, and stay as they are.
    text : str, default=None
        The column that has the texts, of files that read texts.

    Returns
    -------
    source : str

    Examples
    --------
    >>> from skautogen.export.source._name_data import name_data
    >>> print(name_data('DATA = "data.csv"', "people.csv"))
    DATA = "people.csv"
    """
    wanted = {"DATA": data, "TARGET": target, "TEXT": text}
    lines = source.splitlines()
    docstring = ast.get_docstring(ast.parse(source), clean=False) or ""
    named = docstring
    # From the end, so that numbers of lines stay right.
    for node in reversed(ast.parse(source).body):
        if not isinstance(node, ast.Assign):
            continue
        name = ast.unparse(node.targets[0])
        if wanted.get(name) is None:
            continue
        old, new = ast.literal_eval(node.value), wanted[name]
        new = new if isinstance(new, str) else list(new or ())
        lines[node.lineno - 1 : node.end_lineno] = constant(name, new).splitlines()
        option = f"--{name.lower()} "
        named = named.replace(option + _as_typed(old), option + _as_typed(new))
    return "\n".join(lines).replace(docstring, named, 1) + "\n"


def _as_typed(value: str | list[str]) -> str:
    """What one types into a shell, in a docstring."""
    typed = shlex.join([value] if isinstance(value, str) else value)
    return typed.replace("\\", "\\\\").replace('"', '\\"')
