"""Fragments put together as one file."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ._fragment import Fragment, read_parts
from ._literals import constant, exploded
from .preparers import Code


def join_file(
    head: str,
    settings: Mapping[str, Any],
    sections: Iterable[Fragment | list[str]],
    stands_for: Mapping[str, str] | None = None,
) -> str:
    """Put a file together.

    Parameters
    ----------
    head : str
        What comes before the imports: the docstring, and the command line.
    settings : mapping of str to object
        Constants, in their order; those that are not used are left out.
    sections : iterable of Fragment or list of str
        In their order. A list names files of :mod:`.parts`, each of which is there
        once, where it is first named or needed.

    Returns
    -------
    source : str
    """
    sections = list(sections)
    names = [name for each in sections if isinstance(each, list) for name in each]
    fragments: list[Fragment] = []
    for section in sections:
        if isinstance(section, list):
            fragments += [e for e in read_parts(section) if e not in fragments]
        elif section.code:
            fragments.append(section)
    assert names
    body = "\n\n\n".join(each.code for each in fragments)
    for name, replacement in (stands_for or {}).items():
        body = re.sub(name, replacement, body)
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    imports = set().union(*(each.imports for each in fragments))
    constants = []
    for name, value in settings.items():
        if name in used:
            constants.append(_constant(name, value))
            if isinstance(value, Code) and "Path(" in value:
                imports.add("from pathlib import Path")
    constants += [line for each in fragments for line in each.constants]
    head = "\n\n".join([head, _imports(imports), "\n".join(constants)])
    return f"{head}\n\n\n{body}\n"


def _constant(name: str, value: Any) -> str:
    return f"{name} = {value}" if isinstance(value, Code) else constant(name, value)


def _imports(statements: set[str]) -> str:
    """Imports in the order that isort has: those of Python first."""
    of_python = [each for each in statements if _package(each) in _OF_PYTHON]
    groups = [of_python, [each for each in statements if each not in of_python]]
    return "\n\n".join("\n".join(_sorted_imports(each)) for each in groups if each)


_OF_PYTHON = sys.stdlib_module_names


def _package(statement: str) -> str:
    return statement.split()[1].split(".")[0]


def _sorted_imports(statements: list[str]) -> list[str]:
    plain = sorted(each for each in statements if each.startswith("import "))
    names = defaultdict(set)
    for statement in statements:
        if statement.startswith("from "):
            _, module, _, name = statement.split(" ", 3)
            names[module].add(name)
    lines = []
    for module in sorted(names, key=str.lower):  # as isort does with "PIL"
        ordered = sorted(names[module], key=_isort_key)
        line = f"from {module} import {', '.join(ordered)}"
        if len(line) > 88:
            line = exploded(f"from {module} import (", ordered, ")")
        lines.append(line)
    return plain + lines


def _isort_key(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
