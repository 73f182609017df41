"""A DataFrame read as numbers, column by column.

Every encoder turns one column into a matrix (n, k) of raw numbers, with NaN where the
column has no value. Bringing them to one scale, and saying what was missing, is done
for all together afterwards, so that an array and a DataFrame share that part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ._cells import refuse_collections
from ._checks import is_frame, is_of
from ._strings import LooseNumbers, encode_categories, encode_strings
from ._times import Durations, encode_dates

if TYPE_CHECKING:
    import pandas as pd

# Words of pandas for what a column of objects holds.
_NUMBERS = {"integer", "floating", "mixed-integer-float", "boolean", "decimal"}
_DATES = {"datetime", "datetime64", "date"}
_DURATIONS = {"timedelta", "timedelta64"}


class ColumnEncoder(Protocol):
    """What turns one column of a DataFrame into k raw numbers a row.

    ``suffixes`` says how each of the k numbers is called after the name of the column.
    The first ``n_kept`` of them are of a good scale already. ``transform`` gives the
    numbers, of shape (n, k), for any column of n rows.
    """

    @property
    def suffixes(self) -> Sequence[str]: ...

    @property
    def n_kept(self) -> int: ...

    def transform(self, column: pd.Series) -> np.ndarray: ...


@dataclass(frozen=True)
class Nothing:
    """For a column that had no value at all: whatever it holds later says nothing."""

    suffixes = ("",)
    n_kept = 0

    def transform(self, column: pd.Series) -> np.ndarray:
        return np.full((len(column), 1), np.nan)


# What stands for a column of numbers, which are read all at once instead.
_NUMBER = Nothing()


class FrameEncoder:
    """Read a DataFrame as raw numbers.

    Columns of numbers and booleans are taken as they are, all at once. What else there
    is gets an encoder of its own, chosen by what the column holds.

    Attributes
    ----------
    numbers_ : list of int
        The columns that are numbers.
    encoders_ : dict of int -> ColumnEncoder
        The other columns.
    places_ : list of ndarray
        For each column where its raw numbers are: those to be scaled stand before
        those of a good scale, and otherwise in the order of the columns.
    input_index_ : ndarray of shape (d,)
        For each raw number the column it comes from.
    suffixes_ : list of str
        For each raw number what it is called after the name of its column.
    kept_ : ndarray of bool of shape (d,)
        Which raw numbers are of a good scale already.
    """

    def fit(self, X: Any, rows: np.ndarray | None = None) -> FrameEncoder:
        """Learn what each column holds.

        Parameters
        ----------
        X : DataFrame of shape (n_samples, n_features)
        rows : ndarray of int, default=None
            The rows to learn from, repeated as often as they count; all if not given.

        Returns
        -------
        self : FrameEncoder
        """
        self.numbers_: list[int] = []
        self.encoders_: dict[int, ColumnEncoder] = {}
        for index in range(X.shape[1]):
            column = read_column(X, index)
            encoder = _choose(column if rows is None else column.iloc[rows])
            if encoder is None:
                self.numbers_.append(index)
            else:
                self.encoders_[index] = encoder
        self._name_outputs(X.shape[1])
        return self

    def _name_outputs(self, n_columns: int) -> None:
        """Say of each raw number where it comes from, what it is, and its scale."""
        origin: list[int] = []
        suffixes: list[str] = []
        kept: list[bool] = []
        for index in range(n_columns):
            encoder = self.encoders_.get(index, _NUMBER)
            n_outputs = len(encoder.suffixes)
            origin += [index] * n_outputs
            suffixes += encoder.suffixes
            kept += [i < encoder.n_kept for i in range(n_outputs)]
        order = np.argsort(kept, kind="stable")
        self.input_index_ = np.array(origin)[order]
        self.kept_ = np.array(kept)[order]
        self.suffixes_ = [suffixes[k] for k in order]
        self.places_: list[np.ndarray] = [
            np.argsort(order)[np.array(origin) == index] for index in range(n_columns)
        ]

    def transform(self, X: Any) -> np.ndarray:
        """Read the columns.

        Parameters
        ----------
        X : DataFrame or ndarray of shape (n_samples, n_features)
            An array is accepted if the training data held nothing but numbers.

        Returns
        -------
        raw : ndarray of shape (n_samples, d)
            NaN where a value is missing.
        """
        if not is_frame(X):
            return self._check_array(X)
        if not self.encoders_:
            return _read_numbers(X, self.numbers_)
        raw = np.empty((len(X), len(self.input_index_)))
        if self.numbers_:
            places = [self.places_[index][0] for index in self.numbers_]
            raw[:, places] = _read_numbers(X, self.numbers_)
        for index, encoder in self.encoders_.items():
            raw[:, self.places_[index]] = encoder.transform(read_column(X, index))
        return raw

    def _check_array(self, X: np.ndarray) -> np.ndarray:
        if self.encoders_:
            raise ValueError(
                "X is an array, but the training data was a DataFrame in which columns "
                f"{sorted(self.encoders_)} did not hold numbers. Pass a DataFrame with "
                "the same columns."
            )
        return X


def read_numbers(X: Any) -> np.ndarray:
    """Read an array, or a DataFrame of nothing but numbers, as numbers.

    Parameters
    ----------
    X : DataFrame or ndarray of shape (n_samples, n_features)

    Returns
    -------
    raw : ndarray of shape (n_samples, n_features)
    """
    return _read_numbers(X, list(range(X.shape[1]))) if is_frame(X) else X


def _read_numbers(X: Any, columns: list[int]) -> np.ndarray:
    """Read columns of numbers as float64 (n, k), whatever their dtype is now."""
    if is_of(X, "polars", "DataFrame"):
        X = X[:, columns]
        if all(map(_is_number_of_polars, X.dtypes)):
            return _floats_of_polars(X)
    else:
        # To take all columns, pandas needs as long as for the rest of a single row.
        X = X.take(columns, axis=1) if len(columns) < X.shape[1] else X
        if all(dtype.kind in "biuf" for dtype in X.dtypes):
            # Nullable dtypes have a kind too, and give their NA as asked here.
            numbers: np.ndarray = X.to_numpy(dtype=np.float64, na_value=np.nan)
            return numbers
    values = [_as_float(read_column(X, index)) for index in range(X.shape[1])]
    return np.column_stack([np.empty((len(X), 0)), *values])


def _as_float(column: pd.Series) -> np.ndarray:
    """Read one column of numbers as float64 (n,)."""
    import pandas as pd

    try:
        numbers = pd.to_numeric(column)
        values: np.ndarray = numbers.to_numpy(dtype=np.float64, na_value=np.nan)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"Column {column.name!r} of X held numbers in training, and cannot be read "
            f"as numbers now: {error}"
        ) from error
    return values


def check_cells(X: Any) -> None:
    """Refuse a DataFrame of which a cell holds several values.

    Parameters
    ----------
    X : DataFrame of shape (n_samples, n_features)

    Raises
    ------
    ValueError
        Naming the column and the row.
    """
    for index, dtype in enumerate(X.dtypes):
        if is_of(X, "pandas", "DataFrame") or _is_nested_in_polars(dtype):
            read_column(X, index)


def read_column(X: Any, index: int) -> pd.Series:
    """Take one column out of a DataFrame, as a pandas Series whatever X is.

    Parameters
    ----------
    X : DataFrame of shape (n_samples, n_features)
    index : int

    Returns
    -------
    column : pandas.Series of shape (n_samples,)
    """
    if is_of(X, "polars", "DataFrame"):
        column = _from_polars(X.to_series(index))
    else:
        column = X.iloc[:, index]
    refuse_collections(column)
    return column


def _from_polars(column: Any) -> pd.Series:
    """Turn a polars Series into a pandas one, for which polars would need pyarrow."""
    import pandas as pd
    import polars as pl

    dtype = column.dtype
    if _is_number_of_polars(dtype):
        values = _floats_of_polars(column)
    elif dtype.is_temporal() and dtype != pl.Time:
        values = column.to_numpy()
    else:
        values = np.empty(len(column), dtype=object)
        values[:] = column.to_list()
    series = pd.Series(values, name=column.name)
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is not None:
        series = series.dt.tz_localize("UTC").dt.tz_convert(dtype.time_zone)
    if dtype in (pl.Categorical, pl.Enum):
        series = series.astype("category")
    return series


def _is_number_of_polars(dtype: Any) -> bool:
    import polars as pl

    return bool(dtype.is_numeric() or dtype == pl.Boolean)


def _is_nested_in_polars(dtype: Any) -> bool:
    import polars as pl

    return bool(dtype.is_nested() or dtype == pl.Object)


def _floats_of_polars(numbers: Any) -> np.ndarray:
    """Read a Series, or a DataFrame, of numbers and booleans as float64."""
    import polars as pl

    values: np.ndarray = numbers.cast(pl.Float64).to_numpy()
    return values


def _choose(column: pd.Series) -> ColumnEncoder | None:
    """Choose and fit the encoder of a column; ``None`` if it holds numbers."""
    import pandas as pd

    # What a column of objects holds: "floating", "boolean", "datetime", "string", ...
    content = pd.api.types.infer_dtype(column, skipna=True)
    if "complex" in content:
        raise ValueError(f"Complex data not supported: column {column.name!r} of X.")
    if pd.api.types.is_numeric_dtype(column.dtype):
        return None
    if content in _NUMBERS:
        return LooseNumbers()
    if not column.notna().any():
        return Nothing()
    if isinstance(column.dtype, pd.CategoricalDtype):
        return encode_categories(column)
    if content in _DURATIONS:
        return Durations()
    dates = encode_dates(column) if content in _DATES else None
    return encode_strings(column) if dates is None else dates
