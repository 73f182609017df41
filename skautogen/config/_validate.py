"""A document as a configuration, or all that is wrong with it."""

from __future__ import annotations

import copy
import pathlib
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from ._checks import find_conflicts
from ._config import Config
from ._files import find_missing_files
from ._layers import find_layer_problems
from ._problems import ConfigError, Path, Problem
from ._say import is_about_key, say
from ._yaml import Document

_SMALLEST = (
    "The smallest is: task: {name: TabularClassification, dataset: {path: data.csv, "
    "target: column}}."
)


def validate(document: Document, folder: pathlib.Path | None = None) -> Config:
    """Make a configuration of a document.

    Parameters
    ----------
    document : Document
    folder : pathlib.Path, default=None
        Where its paths begin, to see whether the files are there; not looked for, if
        it is not given.

    Returns
    -------
    config : Config

    Raises
    ------
    ConfigError
        With all problems: those of single values, and of values that do not go
        together as far as these are right.
    """
    if not isinstance(document.data, dict):
        got = "nothing" if document.data is None else f"a {_kind(document.data)}"
        message = f"a configuration is made of sections; got {got}. {_SMALLEST}"
        raise ConfigError(document.file, [document.problem((), message)])
    config, problems = _read(document, document.data)
    if problems:
        # What is right is checked on, without what is not.
        left = _without(document.data, [path for path, _ in problems])
        config, further = _read(document, left)
        wrong = [path for path, _ in problems]
        # A key that was left out here is there.
        problems += [
            (path, problem)
            for path, problem in further
            if not any(each[: len(path)] == path for each in wrong)
        ]
    found = [problem for _, problem in problems] + find_layer_problems(document)
    if config is not None:
        found += find_conflicts(config, document)
        if folder is not None:
            found += find_missing_files(config, document, folder)
    if found or config is None:
        unique = sorted(set(found), key=lambda each: (each.line, each.column))
        raise ConfigError(document.file, unique)
    config._document = document
    return config


def _read(
    document: Document, data: dict[str, Any]
) -> tuple[Config | None, list[tuple[Path, Problem]]]:
    try:
        return Config.model_validate(data), []
    except ValidationError as error:
        problems = []
        for each in error.errors():
            path = _path(each["loc"], data, keeps_last=each["type"] == "missing")
            message = say(each, path)
            at_key = is_about_key(each)
            problems.append((path, document.problem(path, message, at_key=at_key)))
        return None, problems


def _path(loc: tuple[str | int, ...], data: Any, *, keeps_last: bool) -> Path:
    """The way to a value in the file, without the tags of forms that it might have."""
    path: list[str | int] = []
    within: Any = data
    for step in loc[:-1] if keeps_last else loc:
        if isinstance(within, list):
            within = dict(enumerate(within))
        if isinstance(within, dict) and step in within:
            within = within[step]
            path.append(step)
    return (*path, loc[-1]) if keeps_last else tuple(path)


def _without(data: dict[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """A copy that lacks some values: whole keys of sections, and the data's own."""
    left = copy.deepcopy(data)
    for path in paths:
        holder: Any = left
        steps = path[: 3 if path[:2] == ("task", "dataset") else 2]
        for step in steps[:-1]:
            holder = holder.get(step, {})
        if steps:
            holder.pop(steps[-1], None)
    return left


def _kind(value: object) -> str:
    return "list" if isinstance(value, list) else "single value"
