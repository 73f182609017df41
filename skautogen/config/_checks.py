"""Values that are right by themselves, and do not go together. A new rule is a line."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from .._spelling import unknown_name
from ..architectures import find_architectures
from ..export.formats._export import FORMATS
from ..search import STRATEGIES
from ..training import TrainingStrategy
from ._hyperparameters import find_faults
from ._problems import Path, Problem
from ._section import Between
from .datasets import NAMED, find_named
from .model import layer_names

if TYPE_CHECKING:
    from ._config import Config
    from ._yaml import Document

_Conflicts = Iterator[tuple[Path, str]]


def find_conflicts(config: Config, document: Document) -> list[Problem]:
    """Find values that do not go together.

    Parameters
    ----------
    config : Config
    document : Document
        That it was made of.

    Returns
    -------
    problems : list of Problem
    """
    return [
        document.problem(path, message)
        for rule in _RULES
        for path, message in rule(config)
    ]


def _dataset_suits_task(config: Config) -> _Conflicts:
    task = config.task
    named = find_named(task.dataset.name) if task.dataset.name else None
    if named is not None and task.name not in named.tasks:
        suited = [name for name, each in NAMED.items() if task.name in each.tasks]
        others = f" For {task.name} there are: {', '.join(suited)}." if suited else ""
        yield (
            ("task", "dataset", "name"),
            f"{task.dataset.name!r} is for {' and '.join(named.tasks)}, and task.name "
            f"is {task.name!r}.{others} Your own data have a path instead.",
        )


def _table_has_target(config: Config) -> _Conflicts:
    dataset = config.task.dataset
    is_table = config.task.kind == "table"
    if is_table and dataset.path and dataset.target is None:
        yield (
            ("task", "dataset", "target"),
            "this key is missing: name the column that is predicted.",
        )


def _several_targets_are_numbers(config: Config) -> _Conflicts:
    target = config.task.dataset.target
    if config.task.is_classification and isinstance(target, list):
        yield (
            ("task", "dataset", "target"),
            f"{config.task.name} predicts one column; got {target}.",
        )


def _sampling_rate_is_of_sounds(config: Config) -> _Conflicts:
    if config.task.dataset.sampling_rate is not None and config.task.kind != "audio":
        yield (
            ("task", "dataset", "sampling_rate"),
            f"is of sounds, and task.name is {config.task.name!r}. Leave it out.",
        )


def _only_classes_have(config: Config) -> _Conflicts:
    for key in ("class_weight", "label_smoothing"):
        if getattr(config.training, key) is not None:
            if config.task.is_classification:
                continue
            yield (
                ("training", key),
                f"is of classes, and task.name is {config.task.name!r}. Leave it out.",
            )


def _only_tables_select(config: Config) -> _Conflicts:
    if config.model.feature_selection is not None and config.task.kind != "table":
        yield (
            ("model", "feature_selection"),
            "selects columns of tables, and task.name is "
            f"{config.task.name!r}. Leave it out.",
        )


def _one_structure(config: Config) -> _Conflicts:
    if config.model.layers is None:
        return
    if config.model.architecture != "auto":
        yield (
            ("model", "architecture"),
            "give either architecture or layers; got both.",
        )
    if config.model.hyperparameters:
        yield (
            ("model", "hyperparameters"),
            "layers have their ranges in the place of their numbers. Move them there.",
        )
    names = [name for name in layer_names(config.model.layers) if name is not None]
    for name in sorted({each for each in names if names.count(each) > 1}):
        yield (
            ("model", "layers"),
            f"{names.count(name)} layers have the name {name!r}. Give each its own.",
        )


def _architecture_suits_task(config: Config) -> _Conflicts:
    if config.model.layers is None:
        try:
            _architectures(config)
        except ValueError as error:
            yield ("model", "architecture"), str(error)


def _hyperparameters_are_known(config: Config) -> _Conflicts:
    if config.model.layers is not None or not config.model.hyperparameters:
        return
    try:
        architectures = _architectures(config)
    except ValueError:
        return
    known = frozenset().union(
        *(each.hyperparameters for each in architectures.values())
    )
    for name in config.model.hyperparameters:
        path = ("model", "hyperparameters", name)
        if name in TrainingStrategy.searched_names():
            yield path, "belongs into the section training. Move it there."
        elif name not in known:
            yield (
                path,
                unknown_name(f"hyper-parameter of {list(architectures)}:", name, known),
            )


def _hyperparameters_are_possible(config: Config) -> _Conflicts:
    if config.model.layers is not None:
        return
    try:
        architectures = _architectures(config)
    except ValueError:
        return
    for name, value in (config.model.hyperparameters or {}).items():
        for each in architectures.values():
            for path, message in find_faults(name, value, each):
                yield ("model", "hyperparameters", name, *path), message


def _grid_has_lists(config: Config) -> _Conflicts:
    if config.search.strategy != "grid":
        return
    for path, value in _values(config):
        if isinstance(value, Between):
            yield (
                path,
                "search.strategy: grid tries every value, and a range has no end of "
                "them. Write {choices: [...]}.",
            )


def _extras_are_there(config: Config) -> _Conflicts:
    for key, wanted in FORMATS.items():
        needed = wanted.needs
        if getattr(config.export, key, None) and needed and not _is_there(needed):
            yield (
                ("export", key),
                f'needs {needed}: pip install "skautogen[{key}]".',
            )
    if config.search.strategy == "tpe" and not _is_there("optuna"):
        yield (
            ("search", "strategy"),
            'tpe is Optuna\'s: pip install "skautogen[tpe]".',
        )


_RULES: tuple[Callable[[Config], _Conflicts], ...] = (
    _dataset_suits_task,
    _table_has_target,
    _several_targets_are_numbers,
    _sampling_rate_is_of_sounds,
    _only_classes_have,
    _only_tables_select,
    _one_structure,
    _architecture_suits_task,
    _hyperparameters_are_known,
    _hyperparameters_are_possible,
    _grid_has_lists,
    _extras_are_there,
)


def _architectures(config: Config) -> dict[Any, Any]:
    strategy = STRATEGIES[config.search.strategy]
    return find_architectures(
        config.model.architecture,
        config.task.kind,
        classifier=config.task.is_classification,
        searches_structures=strategy.searches_structures,
    )


def _values(config: Config) -> Iterator[tuple[Path, Any]]:
    """Everything that may be a range, and where it is."""
    for key in type(config.training).model_fields:
        yield ("training", key), getattr(config.training, key)
    for key, value in (config.model.hyperparameters or {}).items():
        yield ("model", "hyperparameters", key), value
    yield from _within(("model", "layers"), config.model.layers)


def _within(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    if not isinstance(value, (dict, list)):
        yield path, value
        return
    for step in value if isinstance(value, dict) else range(len(value)):
        yield from _within((*path, step), value[step])


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
