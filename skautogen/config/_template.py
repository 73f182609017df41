"""A configuration with every key there is, and what each is for."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from ..architectures import ARCHITECTURES
from ._config import Config
from ._schema import SCHEMA
from ._section import Section
from .task import kind_of

_WIDTH = 88
# More are not listed: editors list them.
_MOST_NAMES = 25
_HEAD = """\
# yaml-language-server: $schema={schema}
#
# Find a network for these data, and write it as a Python file:
#
#     skautogen generate --config {file}
#
# A key behind a # is not set; what it has there is its default.
"""


def make_template(values: Mapping[str, Any], file: str) -> str:
    """Write a configuration with all that can be set.

    Parameters
    ----------
    values : mapping
        What is set, by sections; ``task`` is. Of architectures those are listed that
        are for what the task predicts from.
    file : str
        What the configuration is called.

    Returns
    -------
    text : str
    """
    lines = [_HEAD.format(schema=SCHEMA.as_uri(), file=file)]
    kind = kind_of(values["task"]["name"])
    others = {
        name
        for name, each in ARCHITECTURES.items()
        if each.input_kind not in (None, kind)
    }
    schema = _without(Config.model_json_schema(), others)
    lines += _section_lines(Config, schema, schema["$defs"], values, 0)
    return "\n".join(lines)


def _without(schema: Any, names: Collection[str]) -> Any:
    """A schema that does not list some names."""
    if isinstance(schema, list):
        return [
            _without(each, names)
            for each in schema
            if not (isinstance(each, str) and each in names)
        ]
    if isinstance(schema, dict):
        return {key: _without(each, names) for key, each in schema.items()}
    return schema


def _section_lines(
    section: type[Section],
    schema: Mapping[str, Any],
    definitions: Mapping[str, Any],
    values: Mapping[str, Any],
    depth: int,
) -> Iterator[str]:
    indent = "  " * depth
    for key, field in section.model_fields.items():
        about = schema["properties"][key]
        yield from _comment(_explained(field, about), indent)
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, Section):
            yield f"{indent}{key}:"
            name = inner.__name__
            yield from _section_lines(
                inner, definitions[name], definitions, values.get(key, {}), depth + 1
            )
        elif key in values:
            yield f"{indent}{key}: {_as_yaml(values[key])}"
        else:
            default = field.get_default(call_default_factory=True)
            yield f"{indent}# {key}: {_as_yaml(default)}"
        if depth == 0:
            yield ""


def _explained(field: FieldInfo, about: Mapping[str, Any]) -> str:
    """What a key is for, which names it takes, and how it may look."""
    text = " ".join((field.description or "").split())
    names = _names(about)
    if 0 < len(names) <= _MOST_NAMES:
        text += f" One of: {', '.join(names)}."
    examples = " or ".join(map(_as_yaml, field.examples or ()))
    return f"{text} For example: {examples}" if examples else text


def _names(about: Any) -> list[str]:
    """The names that are accepted, the first list of them."""
    if isinstance(about, Mapping):
        if "enum" in about:
            return list(about["enum"])
        about = list(about.values())
    if isinstance(about, list):
        return next(filter(None, map(_names, about)), [])
    return []


def _comment(text: str, indent: str) -> list[str]:
    begin = f"{indent}# "
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=begin,
        subsequent_indent=begin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _as_yaml(value: Any) -> str:
    """A value on one line."""
    text = yaml.safe_dump(
        value, default_flow_style=True, width=10**6, allow_unicode=True, sort_keys=False
    )
    return text.removesuffix("...\n").strip()
