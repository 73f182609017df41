"""What a fit remembers of its data, for the report: counts, and none of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Columns, and classes, that are described one by one.
_MOST_COLUMNS, MOST_CLASSES = 200, 100
# Rows that are looked at together: a mask of all would be a fourth of the table.
_ROWS_AT_ONCE = 50_000
_TIMES = " \N{MULTIPLICATION SIGN} "


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
    dtype : str
        As pandas, polars or NumPy call it.
    n_missing : int
    """

    name: str
    dtype: str
    n_missing: int


@dataclass(frozen=True)
class Numbers:
    """A target of numbers."""

    least: float
    mean: float
    median: float
    greatest: float
    deviation: float


@dataclass(frozen=True)
class Record:
    """What is remembered of a fit.

    Attributes
    ----------
    n_rows : int
    row : str
        What a row of X is, in words.
    columns : tuple of Column
        Of a table, the first 200.
    classes : tuple of (str, int)
        Labels and their numbers of rows, the most frequent first, at most 100; empty
        for a target of numbers.
    outputs : tuple of Numbers
        Empty for classes.
    has_weights, has_groups : bool
        Whether fit was given ``sample_weight``, and ``groups``.
    seconds : float
        That the fit took; 0 until it is over.
    """

    n_rows: int
    row: str
    columns: tuple[Column, ...]
    classes: tuple[tuple[str, int], ...]
    outputs: tuple[Numbers, ...]
    has_weights: bool = False
    has_groups: bool = False
    seconds: float = 0.0


def make_record(
    X: Any,
    y: np.ndarray,
    *,
    classes: np.ndarray | None,
    has_columns: bool,
    has_weights: bool = False,
    has_groups: bool = False,
) -> Record:
    """Describe the data of a fit.

    Parameters
    ----------
    X : object
        As it was checked.
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    classes : ndarray of shape (n_classes,) or None
        None for numbers.
    has_columns : bool
        Whether X is a table.
    has_weights, has_groups : bool, default=False
        Whether fit was given ``sample_weight``, and ``groups``.

    Returns
    -------
    record : Record

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.report._record import make_record
    >>> X = np.array([[1.0, 2.0], [3.0, np.nan]])
    >>> y = np.array(["a", "b"])
    >>> record = make_record(X, y, classes=y, has_columns=True)
    >>> record.row, record.columns[1].n_missing, record.classes
    ('2 columns', 1, (('a', 1), ('b', 1)))
    """
    return Record(
        n_rows=len(y),
        row=_say_columns(X) if has_columns else _describe_row(X),
        columns=tuple(_columns_of(X)) if has_columns else (),
        classes=() if classes is None else _count_classes(y, classes),
        outputs=() if classes is not None else tuple(map(_describe, _outputs_of(y))),
        has_weights=has_weights,
        has_groups=has_groups,
    )


def _outputs_of(y: np.ndarray) -> Sequence[np.ndarray]:
    return [y] if y.ndim == 1 else [*y.T]


def _describe(numbers: np.ndarray) -> Numbers:
    functions = (np.min, np.mean, np.median, np.max, np.std)
    return Numbers(*(float(function(numbers)) for function in functions))


def _count_classes(y: np.ndarray, classes: np.ndarray) -> tuple[tuple[str, int], ...]:
    counts = np.bincount(np.searchsorted(classes, y), minlength=len(classes))
    most = np.argsort(-counts, kind="stable")[:MOST_CLASSES]
    return tuple((str(classes[each]), int(counts[each])) for each in most)


def _say_columns(X: Any) -> str:
    n = X.shape[1]
    return f"{n:,} column{'s' * (n != 1)}"


def _describe_row(X: Any) -> str:
    """What a row of an X is that is no table, in words."""
    shape: tuple[int, ...] = getattr(X, "shape", (len(X),))
    if len(shape) > 1:
        return f"{_TIMES.join(f'{n:,}' for n in shape[1:])} numbers"
    if any(isinstance(each, str) for each in X):
        letters = [len(each) for each in X if each is not None]
        return f"text of {_from_to(letters)} characters"
    shapes = [np.shape(each) for each in X]
    lengths = _from_to([shape[0] for shape in shapes])
    return f"{_TIMES.join([lengths, *map(str, shapes[0][1:])])} numbers"


def _from_to(counts: Sequence[int]) -> str:
    least, most = min(counts), max(counts)
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"


def _columns_of(X: Any) -> list[Column]:
    if not hasattr(X, "columns"):
        return _columns_of_array(X)
    columns = []
    for name in list(X.columns)[:_MOST_COLUMNS]:
        column = X[name]
        columns.append(Column(str(name), str(column.dtype), _count_missing(column)))
    return columns


def _count_missing(column: Any) -> int:
    if not hasattr(column, "null_count"):
        return int(column.isna().sum())
    # polars has NaN beside null, and the inputs take both for missing.
    n_nan = column.is_nan().sum() if column.dtype.is_float() else 0
    return int(column.null_count() + n_nan)


def _columns_of_array(X: np.ndarray) -> list[Column]:
    described = X[:, :_MOST_COLUMNS]
    starts = range(0, len(X), _ROWS_AT_ONCE)
    missing = sum(
        np.isnan(described[start : start + _ROWS_AT_ONCE]).sum(axis=0)
        for start in starts
    )
    return [
        Column(f"x{number}", str(X.dtype), int(n_missing))
        for number, n_missing in enumerate(missing)
    ]
