"""What pydantic finds, in the words of this package."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from .._spelling import unknown_name
from ._problems import Path


def is_about_key(error: Mapping[str, Any]) -> bool:
    """Whether it is the key that is wrong, and not its value.

    Parameters
    ----------
    error : mapping
        Of ``ValidationError.errors()``.

    Returns
    -------
    is_about_key : bool
    """
    is_key = bool(error["loc"]) and error["loc"][-1] == "[key]"
    return is_key or error["type"] in ("extra_forbidden", "missing")


def say(error: Mapping[str, Any], path: Path) -> str:
    """Say what is wrong, what was got, and what is accepted.

    Parameters
    ----------
    error : mapping
        Of ``ValidationError.errors()``.
    path : tuple of str and int
        Where.

    Returns
    -------
    message : str
    """
    match error["type"]:
        case "extra_forbidden":
            return unknown_name("key", path[-1], _keys_at(error["loc"][:-1]))
        case "missing":
            return "this key is missing, and must be given."
        case "value_error":
            return str(error["ctx"]["error"])
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"must be keys with values; got {error['input']!r}."
        case "literal_error":
            return f"must be {error['ctx']['expected']}; got {error['input']!r}."
        case "too_short" | "too_long" if isinstance(error["input"], dict):
            return (
                "a layer must be its name, or its name and its arguments; got "
                f"{len(error['input'])} keys. Begin each layer with '- '."
            )
    must = error["msg"].replace("Input should be a valid", "must be a")
    must = must.replace("Input should be", "must be").replace("should", "must")
    must = must.replace("a integer", "an integer").replace("dictionary", "mapping")
    return f"{must[0].lower()}{must[1:]}; got {error['input']!r}."


def _keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """The keys that a section knows, which is found by the way to it."""
    from ._config import Config

    types: list[Any] = [Config]
    for step in loc:
        types = [next_one for each in types for next_one in _steps_of(each, step)]
    models = [each for one in types for each in _models_in(one)]
    tag = loc[-1] if loc else None
    if tag in ("range", "choices"):
        wanted = "choices" if tag == "choices" else "low"
        models = [each for each in models if wanted in each.model_fields]
    return sorted({key for model in models for key in model.model_fields})


def _steps_of(annotation: Any, step: str | int) -> list[Any]:
    found = []
    for model in _models_in(annotation):
        if step in model.model_fields:
            found.append(model.model_fields[str(step)].annotation)
    # A tag, an entry of a list or a key of a mapping: the type is the same.
    return found or [annotation]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The sections that a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inner = typing.get_args(annotation)
    return [model for each in inner for model in _models_in(each)]
