"""The tables of quality.py: a folder's, those that scikit-learn bundles, and OpenML's.

The folder is ``shared/data`` beside the checkout. Its ``load.py`` has ``names``,
``info`` and ``load_split``.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from _problem import categorical_columns
from pandas.api.types import is_numeric_dtype
from sklearn.datasets import (
    fetch_openml,
    load_breast_cancer,
    load_diabetes,
    load_digits,
    load_wine,
)
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"
TEST_SIZE = 0.25
OPENML = "openml:"

BUNDLED: dict[str, Callable[..., Any]] = {
    "breast_cancer": load_breast_cancer,
    "digits": load_digits,
    "wine": load_wine,
    "diabetes": load_diabetes,
}


@dataclass(frozen=True)
class Split:
    """A table, divided into rows to train on and rows to test on.

    Classes are numbered from 0, so that no system is judged by how it reads labels.
    Columns that hold no numbers hold strings or NaN, as objects.
    """

    task: str
    X_train: pd.DataFrame
    X_test: pd.DataFrame
    y_train: np.ndarray
    y_test: np.ndarray


def names() -> list[str]:
    """Name the tables that are at hand, the folder's first."""
    folder = load_folder()
    return [*(folder.names(kind="tabular") if folder else []), *BUNDLED]


def folder_is_missing() -> bool:
    """Tell whether only the bundled tables are at hand."""
    return load_folder() is None


def check(name: str) -> None:
    """Raise ValueError, saying what to do, if a table cannot be had."""
    if name.startswith(OPENML):
        _fetch(name)
    elif name not in names():
        missing = f"; there is no folder {FOLDER}" if folder_is_missing() else ""
        raise ValueError(
            f"--tables got {name!r}, which is none of {', '.join(names())}{missing}. "
            f"A table of OpenML is written {OPENML}NAME."
        )


def load(name: str, seed: int) -> Split:
    """Divide a table, stratified, into 75 % for training and 25 % for testing."""
    if name in BUNDLED:
        X, y = BUNDLED[name](return_X_y=True, as_frame=True)
        return _divided(X, y, seed)
    if name.startswith(OPENML):
        X, y = _fetch(name)
        return _divided(X, y, seed)
    folder = load_folder()
    assert folder is not None, "check() has been called"
    X_train, X_test, y_train, y_test = folder.load_split(name, seed)
    task = folder.info(name)["task"]
    return _encoded(task, X_train, X_test, y_train, y_test)


@lru_cache
def load_folder() -> Any:
    """Import the loader of the folder, None where there is none."""
    file = FOLDER / "load.py"
    if not file.is_file():
        return None
    spec = importlib.util.spec_from_file_location("shared_data_load", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _fetch(name: str) -> tuple[pd.DataFrame, pd.Series]:
    try:
        X, y = fetch_openml(
            name.removeprefix(OPENML), as_frame=True, return_X_y=True, parser="auto"
        )
    except (OSError, ValueError) as error:
        # Without a network this is a URLError, which is an OSError; of an unknown
        # name, a ValueError.
        raise ValueError(
            f"--tables got {name!r}, which cannot be fetched from OpenML: {error}. "
            "Look at the name and at the network, or leave it out."
        ) from error
    return X, y


def _divided(X: pd.DataFrame, y: pd.Series, seed: int) -> Split:
    task = _task(y)
    # Regression is stratified by deciles of the target, as the folder's tables are.
    strata = y if task != "regression" else pd.qcut(y.rank(method="first"), 10)
    parts = train_test_split(
        X, y, test_size=TEST_SIZE, random_state=seed, stratify=strata
    )
    return _encoded(task, *parts)


def _task(y: pd.Series) -> str:
    n_values = y.nunique()
    # Few whole numbers are classes: digits, or the wines' three growers.
    if is_numeric_dtype(y) and n_values > 20:
        return "regression"
    return "binary" if n_values == 2 else "multiclass"


def _encoded(task: str, X_train: Any, X_test: Any, y_train: Any, y_test: Any) -> Split:
    X_train, X_test = _with_strings(X_train), _with_strings(X_test)
    if task == "regression":
        y_train, y_test = np.asarray(y_train, float), np.asarray(y_test, float)
    else:
        labels = LabelEncoder().fit(y_train)
        y_train, y_test = labels.transform(y_train), labels.transform(y_test)
    return Split(task, X_train, X_test, y_train, y_test)


def _with_strings(X: pd.DataFrame) -> pd.DataFrame:
    """Write categories in one way, whatever pandas' version and the source."""
    X = X.reset_index(drop=True)
    for name in categorical_columns(X):
        X[name] = X[name].astype(str).where(X[name].notna()).astype(object)
    return X
