"""Values and calls as source, in the form that formatters leave alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from ._refusal import CannotGenerateError

_WIDTH = 88


def literal(value: Any) -> str:
    """Write a value as source, on one line.

    Parameters
    ----------
    value : None, bool, int, float, str, or a list, tuple or dict of these

    Returns
    -------
    source : str

    Raises
    ------
    CannotGenerateError
        If it is something else.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.export.source._literals import literal
    >>> literal([np.float64(0.5), "it's", (1,)])
    '[0.5, "it\\'s", (1,)]'
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float) and not np.isfinite(value):
        return f'float("{value}")'
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        inner = ", ".join(map(literal, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        pairs = (f"{literal(k)}: {literal(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    raise CannotGenerateError(
        f"A value of type {type(value).__name__} cannot be written as source: "
        f"{value!r:.200}."
    )


def _quoted(value: str) -> str:
    """In double quotes, or in single ones where that saves escaping."""
    written = repr(value)
    quote = written[0]
    if quote == '"' or '"' in value:
        return written
    return '"' + written[1:-1].replace("\\'", "'") + '"' if quote == "'" else written


def constant(name: str, value: Any) -> str:
    """Write an assignment, over several lines where one is not enough.

    Parameters
    ----------
    name : str
    value : object
        As :func:`literal` takes it.

    Returns
    -------
    source : str
    """
    line = f"{name} = {literal(value)}"
    if len(line) <= _WIDTH or not isinstance(value, (list, dict)):
        return line
    if isinstance(value, dict):
        items = [f"{literal(k)}: {literal(v)}" for k, v in value.items()]
        return exploded(f"{name} = {{", items, "}")
    return exploded(f"{name} = [", [literal(each) for each in value], "]")


def call(head: str, arguments: Iterable[str], tail: str = "", indent: int = 4) -> str:
    """Write a statement that ends in a call, over several lines where needed.

    Parameters
    ----------
    head : str
        All before the arguments, with the opening parenthesis.
    arguments : iterable of str
    tail : str, default=""
        All after the closing parenthesis.
    indent : int, default=4

    Returns
    -------
    source : str
    """
    arguments = list(arguments)
    space = " " * indent
    line = f"{space}{head}{', '.join(arguments)}){tail}"
    if len(line) <= _WIDTH:
        return line
    body = f"{space}    {', '.join(arguments)}"
    if len(body) <= _WIDTH:
        return f"{space}{head}\n{body}\n{space}){tail}"
    return exploded(f"{space}{head}", arguments, f"{space}){tail}", indent)


def call_of_list(head: str, items: list[str], indent: int = 4) -> str:
    """Write a statement that ends in a call with one list, as formatters have it.

    Parameters
    ----------
    head : str
        All before the list, with the opening parenthesis.
    items : list of str
    indent : int, default=4

    Returns
    -------
    source : str
    """
    space = " " * indent
    inner = f"[{', '.join(items)}]"
    if len(f"{space}{head}{inner})") <= _WIDTH:
        return f"{space}{head}{inner})"
    if len(f"{space}    {inner}") > _WIDTH:
        inner = exploded("[", items, f"{space}    ]", indent + 4)
    return f"{space}{head}\n{space}    {inner}\n{space})"


def exploded(head: str, items: list[str], end: str, indent: int = 0) -> str:
    """Write items one a line, each with a comma, which formatters leave so."""
    space = " " * (indent + 4)
    return "\n".join([head, *(f"{space}{item}," for item in items), end])


def snake_case(name: str) -> str:
    """``"HeNormal"`` as ``"he_normal"``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
