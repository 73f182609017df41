"""Layers of a document, compared with those of Keras."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from .._backend import load_keras
from .._spelling import unknown_name
from ..architectures._layer_names import LAYER_NAMES
from ..architectures._ranges import is_range, middle_of
from ..architectures.layer_list import make_layer, split_layer
from ..training import FLAT_NAMES, TrainingStrategy
from ._problems import Path, Problem
from ._yaml import Document

# What every layer takes beside its own arguments.
_OF_ALL = frozenset({"dtype", "name", "trainable"})
_TAKEN = TrainingStrategy.searched_names() | set(FLAT_NAMES)


def find_layer_problems(document: Document) -> list[Problem]:
    """Find arguments that the layers of Keras do not take.

    Loads Keras, if there are layers that it can be asked about. Those that are wrong in
    other ways, and are told of already, are passed over.

    Parameters
    ----------
    document : Document

    Returns
    -------
    problems : list of Problem
    """
    section = document.data.get("model")
    layers = section.get("layers") if isinstance(section, dict) else None
    if not isinstance(layers, list):
        return []
    found = []
    for number, layer in enumerate(layers):
        if _is_whole(layer):
            name, arguments = split_layer(layer)
            path: Path = ("model", "layers", number)
            if isinstance(layer, dict):
                path = (*path, name)
            found += _problems_of(name, arguments, path)
    found += _names_that_are_taken(layers)
    return [document.problem(path, message, at_key=True) for path, message in found]


def _is_whole(layer: Any) -> bool:
    """Whether a layer is written as one is."""
    if isinstance(layer, str):
        return layer in LAYER_NAMES
    if not (isinstance(layer, dict) and len(layer) == 1):
        return False
    ((name, arguments),) = layer.items()
    return name in LAYER_NAMES and isinstance(arguments, (dict, type(None)))


def _problems_of(
    name: str, arguments: Mapping[str, Any], path: Path
) -> list[tuple[Path, str]]:
    parameters = inspect.signature(getattr(load_keras().layers, name)).parameters
    known = {
        each.name for each in parameters.values() if each.kind is not each.VAR_KEYWORD
    } | _OF_ALL
    found: list[tuple[Path, str]] = []
    for argument, value in arguments.items():
        here = (*path, argument)
        if argument not in known:
            found.append((here, unknown_name(f"argument of {name}", argument, known)))
        elif isinstance(value, dict) and not is_range(value):
            if not _is_whole(value):
                return found  # what is wrong with it is told of already
            inner, of_inner = split_layer(value)
            found += _problems_of(inner, of_inner, (*here, inner))
    found += [
        (
            path,
            f"{name} needs {each.name!r}. It takes: {', '.join(parameters)}.",
        )
        for each in parameters.values()
        if each.default is each.empty
        and each.kind is not each.VAR_KEYWORD
        and each.name not in arguments
        and (name, each.name) != ("Embedding", "input_dim")
    ]
    return found or _cannot_be_made(name, arguments, path)


def _cannot_be_made(
    name: str, arguments: Mapping[str, Any], path: Path
) -> list[tuple[Path, str]]:
    """What Keras says of the values, where each range has its middle."""
    given: dict[str, Any] = {"input_dim": 1} if name == "Embedding" else {}
    try:
        given |= _with_values(arguments)
    except (KeyError, TypeError, ValueError, IndexError):
        return []  # a range that is told of already
    try:
        make_layer(name, given)
    except Exception as error:  # whatever Keras and its backend raise
        said = " ".join(str(error).split())
        return [(path, f"Keras refuses it: {said}")]
    return []


def _with_values(arguments: Mapping[str, Any]) -> dict[str, Any]:
    filled = {}
    for key, value in arguments.items():
        if is_range(value):
            filled[key] = middle_of(value)
        elif isinstance(value, dict):
            inner, of_inner = split_layer(value)
            filled[key] = {inner: _with_values(of_inner)}
        else:
            filled[key] = value
    return filled


def _names_that_are_taken(layers: list[Any]) -> Iterator[tuple[Path, str]]:
    """Hyper-parameters that would be called as one of the training."""
    for number, layer in enumerate(layers):
        if not _is_whole(layer):
            continue
        _, arguments = split_layer(layer)
        label = arguments.get("name")
        for argument, value in arguments.items():
            if label and is_range(value) and f"{label}_{argument}" in _TAKEN:
                yield (
                    ("model", "layers", number),
                    f"its hyper-parameter would be {label}_{argument}, as one of the "
                    "training is. Give the layer another name.",
                )
