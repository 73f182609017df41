"""Pieces of source: code, and what it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Fragment:
    """Some definitions.

    Attributes
    ----------
    code : str
        Formatted, without imports.
    imports : frozenset of str
        Statements of one name each, such as ``"import numpy as np"``.
    constants : tuple of str
        Assignments that stand at the head of a file.
    """

    code: str
    imports: frozenset[str] = frozenset()
    constants: tuple[str, ...] = ()

    @classmethod
    def of(cls, code: str, *imports: str) -> Fragment:
        """Make a fragment of code and the imports that it needs."""
        return cls(code, frozenset(imports))


def read_parts(names: Iterable[str]) -> list[Fragment]:
    """Read files of :mod:`.parts`, and those that they import, each once.

    They are read and not imported: what stands in them is source.

    Parameters
    ----------
    names : iterable of str
        Without the ending. ``settings`` and ``made`` stand for what is generated, and
        are left out.

    Returns
    -------
    parts : list of Fragment
        Each after those that it imports.
    """
    found: dict[str, Fragment] = {}
    for name in names:
        _add_part(name, found)
    return list(found.values())


def _add_part(name: str, found: dict[str, Fragment]) -> None:
    if name in found or name in ("settings", "made"):
        return
    source = files(__package__).joinpath("parts", f"{name}.py").read_text("utf-8")
    # The first statement says what the file is.
    _, *statements = ast.parse(source).body
    imports = set()
    constants = []
    n_before = 0
    for statement in statements:
        if isinstance(statement, ast.ImportFrom) and statement.level:
            _add_part(str(statement.module), found)
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            imports |= _single_imports(statement)
        elif isinstance(statement, ast.Assign):
            constants.append(ast.unparse(statement))
        else:
            break
        n_before += 1
    end = statements[n_before - 1].end_lineno if n_before else 1
    code = "\n".join(source.splitlines()[end:]).strip("\n")
    found[name] = Fragment(code, frozenset(imports), tuple(constants))


def _single_imports(statement: ast.Import | ast.ImportFrom) -> set[str]:
    head = ""
    if isinstance(statement, ast.ImportFrom):
        head = f"from {statement.module} "
    return {
        ast.unparse(ast.parse(f"{head}import {alias.name}"))
        + (f" as {alias.asname}" if alias.asname else "")
        for alias in statement.names
    }
