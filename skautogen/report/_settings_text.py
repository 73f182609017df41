"""The settings of an estimator as the lines of a program."""

from __future__ import annotations

import ast
import builtins
import inspect
import pprint
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sklearn import config_context


@dataclass(frozen=True)
class Setting:
    """A parameter as it would be written in a program.

    Attributes
    ----------
    name : str
    text : str
    is_whole : bool
        Whether Python reads the text, and nothing is cut out of it.
    to_import : tuple of str
        Names in the text that a program has to import.
    """

    name: str
    text: str
    is_whole: bool
    to_import: tuple[str, ...]

    @classmethod
    def of(cls, name: str, value: Any) -> Setting:
        """Write a parameter."""
        with config_context(print_changed_only=True):
            text = pprint.pformat(value, width=76, sort_dicts=False)
        try:
            nodes = [*ast.walk(ast.parse(text, mode="eval"))]
        except (SyntaxError, ValueError):  # such as <function f at 0x7f>
            return cls(name, text, False, ())
        # What arrays and estimators leave out of their text.
        is_cut = any(
            isinstance(node, ast.Constant) and node.value is ... for node in nodes
        )
        used = {node.id for node in nodes if isinstance(node, ast.Name)}
        unknown = tuple(sorted(used - set(dir(builtins))))
        return cls(name, text, not is_cut, unknown)


def changed_settings(estimator: Any) -> list[Setting]:
    """The parameters of an estimator that are not as they are by default.

    Parameters
    ----------
    estimator : estimator

    Returns
    -------
    settings : list of Setting

    Examples
    --------
    >>> from sklearn.svm import SVC
    >>> from skautogen.report._settings_text import changed_settings
    >>> [(each.name, each.text) for each in changed_settings(SVC(C=2.0))]
    [('C', '2.0')]
    """
    defaults = inspect.signature(type(estimator)).parameters
    return [
        Setting.of(name, value)
        for name, value in estimator.get_params(deep=False).items()
        if repr(value) != repr(defaults[name].default)
    ]


def write_call(name: str, settings: Sequence[Setting]) -> str:
    """The line that makes the estimator, or several where it is long."""
    lines = [f"{each.name}={each.text}," for each in settings]
    if not lines:
        return f"{name}()"
    return "\n".join([f"{name}(", textwrap.indent("\n".join(lines), "    "), ")"])
