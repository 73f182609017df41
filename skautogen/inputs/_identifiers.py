"""Columns of keys, which tell rows apart and say nothing of them."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np

from .._stack import outside_level
from ._checks import is_of
from ._frames import read_column
from ._times import parse_dates

# On fewer rows values that differ say little.
_FEWEST_ROWS = 100
# Of values that differ by chance in n rows, n**2 / (2 * span) pairs are expected to be
# equal: with so many, that none is happens once in a thousand tables.
_MOST_EXPECTED_PAIRS = 7.0

# Names of keys: id, customer_id, PassengerId, uuid.
_OF_KEYS = re.compile(r"(?:^|[\W_])(?:id|ids|uuid|guid|key|index)$", re.IGNORECASE)
_OF_KEYS_IN_CAMELS = re.compile(r"[a-z](?:Id|ID)$")
# What is counted without an end, and known of rows to come.
_OF_TIMES = re.compile(r"year|month|week|day|date|hour|minute|second|time", re.I)
# A code: no space, and a digit in it.
_CODE = re.compile(r"(?=.*\d)[\w.:#/@-]{1,64}", re.ASCII)


class IdentifierColumnWarning(UserWarning):
    """A column seems to hold keys of rows, from which nothing can be learned."""


def warn_of_identifiers(X: Any) -> None:
    """Warn of columns whose values look like keys of the rows.

    These are whole numbers, all different, that are called as keys are or lie closer
    together than chance would have it, as running numbers do; and codes, all
    different. Numbers with fractions and texts differ by nature, and a table of one
    column has nothing else to learn from.

    Parameters
    ----------
    X : DataFrame of shape (n_samples, n_features)

    Warns
    -----
    IdentifierColumnWarning
    """
    if len(X) < _FEWEST_ROWS or X.shape[1] < 2:
        return
    names = [
        name for index, name in enumerate(X.columns) if _is_key(str(name), X, index)
    ]
    if not names:
        return
    listed = ", ".join(map(repr, names))
    what = "columns are" if len(names) > 1 else "column is"
    warnings.warn(
        f"The {what} different in every row, as keys of rows are, and a key says "
        f"nothing of other rows: {listed}. Leave out what is no measurement: drop it "
        f"from the file, or X.drop(columns={names!r}).",
        IdentifierColumnWarning,
        stacklevel=outside_level(),
    )


def _is_key(name: str, X: Any, index: int) -> bool:
    import pandas as pd

    column = read_column(X, index)
    if column.isna().any() or not column.is_unique:
        return False
    if _are_integers(X, index):
        return _are_running(name, column.to_numpy(dtype=np.float64))
    if not all(isinstance(each, str) for each in column):
        return False
    if not all(map(_CODE.fullmatch, column)):
        return False
    # Numbers and dates may be written in columns of strings.
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64)
    if not np.isnan(numbers).any():
        is_whole = np.array_equal(numbers, np.trunc(numbers))
        return is_whole and _are_running(name, numbers)
    return parse_dates(column.tolist()) is None


def _are_integers(X: Any, index: int) -> bool:
    dtype = X.dtypes.iloc[index] if is_of(X, "pandas", "DataFrame") else X.dtypes[index]
    is_polars = not hasattr(dtype, "kind")
    return bool(dtype.is_integer() if is_polars else dtype.kind in "iu")


def _are_running(name: str, numbers: np.ndarray) -> bool:
    if _OF_KEYS.search(name) or _OF_KEYS_IN_CAMELS.search(name):
        return True
    if _OF_TIMES.search(name):
        return False
    span = numbers.max() - numbers.min() + 1
    return bool(len(numbers) ** 2 / (2 * span) > _MOST_EXPECTED_PAIRS)
