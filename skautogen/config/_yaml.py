"""YAML as plain data, with the place of each key and value.

Plain words mean what they do in YAML 1.2: ``no`` and ``on`` are words, ``1e-3`` is a
number. No tag is obeyed, so that nothing of Python is made of a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from ._problems import ConfigError, Path, Problem, dotted

# More than a person writes; a few lines of YAML can stand for billions.
_MOST_NODES = 20_000

_PLAIN = {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0x[0-9a-fA-F]+|0o[0-7]+",
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
        r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    ),
}


class _Loader(yaml.SafeLoader):
    """Reads plain words as YAML 1.2 does."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012


for _tag, _pattern in _PLAIN.items():
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), None
    )


@dataclass(frozen=True)
class Document:
    """What a file holds.

    Attributes
    ----------
    file : str
    data : object
        Dicts, lists and scalars.
    keys, values : dict of path -> (line, column)
        Where the key of each value is, and where the value begins.
    """

    file: str
    data: Any
    keys: dict[Path, tuple[int, int]]
    values: dict[Path, tuple[int, int]]

    def problem(self, path: Path, message: str, *, at_key: bool = False) -> Problem:
        """Say that something is wrong with a value, or with its key.

        Parameters
        ----------
        path : tuple of str and int
            What is not in the file has the place of what it would be in.
        message : str
        at_key : bool, default=False

        Returns
        -------
        problem : Problem
        """
        if path not in self.values:
            at_key = True  # of the section that lacks it
        place = path
        while place and place not in self.values:
            place = place[:-1]
        # Entries of lists have no key.
        found = self.keys.get(place) if at_key else None
        return Problem(
            *(found or self.values.get(place, (1, 1))), dotted(path), message
        )


def read_yaml(text: str, file: str) -> Document:
    """Read a file.

    Parameters
    ----------
    text : str
    file : str
        Its name, for messages.

    Returns
    -------
    document : Document

    Raises
    ------
    ConfigError
        If it is no YAML, a key is there twice, or a tag asks for more than data.
    """
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = ", ".join(filter(None, (error.context, error.problem)))
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = Problem(line, column, "", f"this is no YAML: {message}.")
        raise ConfigError(file, [problem]) from error
    except yaml.reader.ReaderError as error:
        problem = Problem(1, 1, "", f"this is no text: {error.reason}.")
        raise ConfigError(file, [problem]) from error
    reader = _Reader()
    data = None if node is None else reader.read(node, ())
    if reader.problems:
        raise ConfigError(file, reader.problems)
    return Document(file, data, reader.keys, reader.values)


class _Reader:
    """Makes data of nodes, and notes where each was."""

    def __init__(self) -> None:
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._open: list[yaml.Node] = []

    def read(self, node: yaml.Node, path: Path) -> Any:
        self.values[path] = _place(node)
        if len(self.values) > _MOST_NODES or node in self._open:
            if not self.problems or len(self.values) <= _MOST_NODES:
                self._note(node, path, "an alias stands for too much; write it out.")
            return None
        self._open.append(node)
        try:
            if isinstance(node, yaml.MappingNode):
                return self._read_mapping(node, path)
            if isinstance(node, yaml.SequenceNode):
                self._check_tag(node, path, "seq")
                return [
                    self.read(each, (*path, number))
                    for number, each in enumerate(node.value)
                ]
            assert isinstance(node, yaml.ScalarNode)
            return self._read_scalar(node, path)
        finally:
            self._open.pop()

    def _read_mapping(self, node: yaml.MappingNode, path: Path) -> dict[Any, Any]:
        self._check_tag(node, path, "map")
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._note(key_node, path, "a key must be a word or a number.")
                continue
            key = self._read_scalar(key_node, path)
            if key in mapping:
                line, _ = self.keys[*path, key]
                self._note(
                    key_node,
                    (*path, key),
                    f"this key is there twice, in line {line} too. Keep one of them.",
                )
                continue
            self.keys[*path, key] = _place(key_node)
            mapping[key] = self.read(value_node, (*path, key))
        return mapping

    def _read_scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        text = node.value
        match kind:
            case "null":
                return None
            case "bool":
                return text.lower() == "true"
            case "int":
                is_decimal = text.lstrip("+-").isdecimal()
                return int(text) if is_decimal else int(text, 0)
            case "float":
                return float(re.sub(r"\.(?=[a-zA-Z])", "", text))
            case "str" | "!":
                return text
        self._check_tag(node, path, "str")
        return None

    def _check_tag(self, node: yaml.Node, path: Path, expected: str) -> None:
        if node.tag != f"tag:yaml.org,2002:{expected}":
            message = f"the tag {node.tag!r} is not accepted: a file is data alone."
            self._note(node, path, message)

    def _note(self, node: yaml.Node, path: Path, message: str) -> None:
        self.problems.append(Problem(*_place(node), dotted(path), message))


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
