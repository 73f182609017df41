"""The data of a configuration: those to train on, and those to test on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import numpy as np

from ._problems import ConfigError
from .datasets import Splits, load_named
from .task import name_task

if TYPE_CHECKING:
    from ._config import Config
    from .task import Dataset


class Data(NamedTuple):
    """Rows to train on, and rows to test on.

    Attributes
    ----------
    X_train, X_test : DataFrame, ndarray or list
        As the estimators take it.
    y_train, y_test : ndarray
    """

    X_train: Any
    y_train: Any
    X_test: Any
    y_test: Any


def load_data(config: Config) -> Data:
    """Load the data of a configuration.

    Parameters
    ----------
    config : Config

    Returns
    -------
    data : Data

    Raises
    ------
    DownloadError, ConfigError, ValueError, OSError
        If they are not there, or not as they should be.
    """
    dataset = config.task.dataset
    if dataset.name is not None:
        rows, others = load_named(dataset.name, config.task.name)
    else:
        rows, others = _load_files(config)
        _check_kind(rows[0], config)
        _check_task(rows[1], config)
    train, test = _hold_out(rows, config) if others is None else (rows, others)
    if dataset.train_split == "test":
        train, test = test, train
    return Data(*train, *test)


def _load_files(config: Config) -> Splits:
    dataset = config.task.dataset
    assert dataset.path is not None
    path = config.find(dataset.path)
    train = _read(path, dataset, "train")
    if dataset.test_path is not None:
        return train, _read(config.find(dataset.test_path), dataset, "test")
    if path.suffix.lower() == ".npz" and _has_test_rows(path):
        return train, _read(path, dataset, "test")
    return train, None


def _read(path: Path, dataset: Dataset, part: Any) -> tuple[Any, Any]:
    from ..data import read_data, take_data
    from ..data._table import leave_out_missing, list_names, no_such_column

    if not isinstance(dataset.target, list):
        return take_data(path, dataset.target, part=part)
    table, _ = read_data(path, part=part)
    names = list(getattr(table, "columns", ()))
    for each in dataset.target:
        if each not in names:
            raise ValueError(no_such_column(each, names, str(path)))
    where = f"the columns {list_names(dataset.target)} of {path}"
    try:
        y = table[dataset.target].to_numpy(dtype=float)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"{where} are not all numbers, as several targets must be: {error}."
        ) from error
    X = table[[each for each in names if each not in dataset.target]]
    return leave_out_missing(X, y, where)


def _check_task(y: Any, config: Config) -> None:
    """Refuse a target that is not what the task predicts."""
    from ..data import find_other_task

    task = config.task
    is_classes = task.is_classification
    other = find_other_task(y, "classification" if is_classes else "regression")
    if other is None:
        return
    named = name_task(task.kind, other.name)
    target = "the target" if task.dataset.target is None else repr(task.dataset.target)
    message = (
        f"{task.name} predicts {'classes' if is_classes else 'numbers'}, and {target} "
        f"of {task.dataset.path} has {other.reason}. Write {named}, or name another "
        "target."
    )
    _refuse_name(config, message)


def _check_kind(X: Any, config: Config) -> None:
    """Refuse rows that are not what the task predicts from."""
    from ..inputs import detect_kind

    task, path = config.task, config.task.dataset.path
    if hasattr(X, "columns"):
        # A single column may hold anything, such as texts or names of files.
        if len(X.columns) == 1 or task.kind == "table":
            return
        kind, what = "table", f"a table of {len(X.columns)} columns"
    elif isinstance(X, list):
        kind = detect_kind(X).name
        what = f"a folder of files, each of which is taken for {kind!r}"
        if kind == task.kind:
            return
    else:
        return
    of = "Classification" if task.is_classification else "Regression"
    _refuse_name(
        config,
        f"{task.name} predicts from {task.kind!r}, and {path} is {what}. Write "
        f"{name_task(kind, of)}, or give another path.",
    )


def _refuse_name(config: Config, message: str) -> NoReturn:
    document = config._document
    if document is None:  # made in Python, and not read from a file
        raise ValueError(f"task.name: {message}")
    raise ConfigError(document.file, [document.problem(("task", "name"), message)])


def _has_test_rows(path: Path) -> bool:
    with np.load(path, allow_pickle=False) as arrays:
        return "x_test" in map(str.lower, arrays.files)


def _hold_out(
    rows: tuple[Any, Any], config: Config
) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Hold out rows to test on, of each class its share."""
    from sklearn.model_selection import train_test_split

    X, y = rows
    share = config.task.dataset.test_share
    stratify = None
    if config.task.is_classification:
        counts = np.unique(np.asarray(y), return_counts=True)[1]
        # A class of one row cannot be on both sides.
        n_least = min(round(share * len(y)), round((1 - share) * len(y)))
        if counts.min() >= 2 and len(counts) <= n_least:
            stratify = y
    X_train, X_test, y_train, y_test = train_test_split(
        X,
        y,
        test_size=share,
        stratify=stratify,
        random_state=config.training.random_state,
    )
    return (X_train, y_train), (X_test, y_test)
