"""Columns of keys, which tell rows apart and say nothing of them."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np

from .._stack import outside_level
from ._checks import is_of
from ._frames import read_column

# On fewer rows values that differ say little.
_FEWEST_ROWS = 100

# Names of keys: id, customer_id, PassengerId, uuid; and of the index of a file.
_OF_KEYS = re.compile(
    r"(?:^|[\W_])(?:id|ids|uuid|guid|key)$|^index$|^unnamed: 0$", re.IGNORECASE
)
_OF_KEYS_IN_CAMELS = re.compile(r"[a-z](?:Id|ID)$")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


class IdentifierColumnWarning(UserWarning):
    """A column seems to hold keys of rows, from which nothing can be learned."""


def warn_of_identifiers(X: Any) -> None:
    """Warn of columns whose values look like keys of the rows.

    These are whole numbers and strings, all different, that are called as keys are;
    numbers that count the rows from the first to the last; and UUIDs. All else may be a
    measurement, however different its values are: a rank, a year, a time of day. A
    table of one column has nothing else to learn from.

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
    drop = f"columns={names!r}" if is_of(X, "pandas", "DataFrame") else f"{names!r}"
    what = "columns are" if len(names) > 1 else "column is"
    warnings.warn(
        f"The {what} different in every row, as keys of rows are, and a key says "
        f"nothing of other rows: {listed}. Leave out what is no measurement: drop it "
        f"from the file, or X.drop({drop}).",
        IdentifierColumnWarning,
        stacklevel=outside_level(),
    )


def _is_key(name: str, X: Any, index: int) -> bool:
    is_called_so = bool(_OF_KEYS.search(name) or _OF_KEYS_IN_CAMELS.search(name))
    column = read_column(X, index)
    if _are_integers(X, index):
        return _are_different(column) if is_called_so else _counts_rows(column)
    first = column.iloc[0]
    if not isinstance(first, str) or not (is_called_so or _UUID.fullmatch(first)):
        return False
    return all(isinstance(each, str) for each in column) and _are_different(column)


def _are_different(column: Any) -> bool:
    return bool(column.is_unique) and not column.isna().any()


def _counts_rows(column: Any) -> bool:
    """Whether each number is that of the row before, and 1."""
    if column.isna().any():
        return False
    return bool((np.diff(column.to_numpy(dtype=np.float64)) == 1).all())


def _are_integers(X: Any, index: int) -> bool:
    dtype = X.dtypes.iloc[index] if is_of(X, "pandas", "DataFrame") else X.dtypes[index]
    is_polars = not hasattr(dtype, "kind")
    return bool(dtype.is_integer() if is_polars else dtype.kind in "iu")
