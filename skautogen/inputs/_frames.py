"""A DataFrame read as numbers, column by column.

Every encoder turns one column into a matrix (n, k) of raw numbers, with NaN where the
column has no value. Bringing them to one scale, and saying what was missing, is done for
all together afterwards, so that a table of numbers and a DataFrame share that part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ._checks import is_frame, is_of
from ._strings import LevelsEncoder, TextEncoder, read_strings, string_encoder
from ._times import DateEncoder, DurationEncoder

if TYPE_CHECKING:
    import pandas as pd


class ColumnEncoder(Protocol):
    """One column of a DataFrame, turned into raw numbers.

    ``fit`` is called once, then ``suffixes`` says how each of the k numbers is called
    after the name of the column, and ``transform`` gives them for any rows.
    """

    suffixes: list[str]

    def fit(self, column: pd.Series) -> ColumnEncoder: ...

    def transform(self, column: pd.Series) -> np.ndarray: ...


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
    input_index_ : ndarray of shape (d,)
        For each raw number the column it comes from, in the order of the columns.
    suffixes_ : list of str
        For each raw number what it is called after the name of its column.
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
            column = _read_column(X, index)
            encoder = _choose(column if rows is None else column.iloc[rows])
            if encoder is None:
                self.numbers_.append(index)
            else:
                self.encoders_[index] = encoder
        self._name_outputs(X.shape[1])
        return self

    def _name_outputs(self, n_columns: int) -> None:
        suffixes = {index: [""] for index in self.numbers_}
        suffixes |= {index: each.suffixes for index, each in self.encoders_.items()}
        self.input_index_ = np.repeat(
            np.arange(n_columns), [len(suffixes[index]) for index in range(n_columns)]
        )
        self.suffixes_ = [each for i in range(n_columns) for each in suffixes[i]]

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
        numbers = _read_numbers(X, self.numbers_)
        if not self.encoders_:
            return numbers
        blocks = [numbers] + [
            encoder.transform(_read_column(X, index))
            for index, encoder in self.encoders_.items()
        ]
        origin = np.concatenate(
            [self.numbers_]
            + [[i] * len(each.suffixes) for i, each in self.encoders_.items()]
        )
        return np.hstack(blocks)[:, np.argsort(origin, kind="stable")]

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
    return _read_numbers(X, range(X.shape[1])) if is_frame(X) else X


def _read_numbers(X: Any, columns: Sequence[int]) -> np.ndarray:
    """Read columns of numbers as float64 (n, k), whatever their dtype is now."""
    if is_of(X, "polars", "DataFrame"):
        values = [_as_float(_read_column(X, index)) for index in columns]
        return np.column_stack([np.empty((len(X), 0)), *values])
    part = X.iloc[:, list(columns)]
    if all(dtype.kind in "biuf" for dtype in part.dtypes):
        # Nullable dtypes have a kind too, and give their NA as asked here.
        return part.to_numpy(dtype=np.float64, na_value=np.nan)
    values = [_as_float(part.iloc[:, index]) for index in range(part.shape[1])]
    return np.column_stack([np.empty((len(X), 0)), *values])


def _as_float(column: pd.Series) -> np.ndarray:
    """Read one column of numbers as float64 (n,)."""
    import pandas as pd

    try:
        numbers = pd.to_numeric(column)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"Column {column.name!r} of X held numbers in training, and cannot be read "
            f"as numbers now: {error}"
        ) from error
    return numbers.to_numpy(dtype=np.float64, na_value=np.nan)


def _read_column(X: Any, index: int) -> pd.Series:
    """Take one column out of a DataFrame, as a pandas Series whatever X is."""
    if is_of(X, "polars", "DataFrame"):
        return _from_polars(X.to_series(index))
    return X.iloc[:, index]


def _from_polars(column: Any) -> pd.Series:
    """Turn a polars Series into a pandas one, for which polars would need pyarrow."""
    import pandas as pd
    import polars as pl

    dtype = column.dtype
    if dtype.is_numeric() or dtype == pl.Boolean:
        values = column.cast(pl.Float64).to_numpy()
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


def _choose(column: pd.Series) -> ColumnEncoder | None:
    """Fit the encoder that suits a column; ``None`` if it is numbers already."""
    import pandas as pd

    types = pd.api.types
    dtype = column.dtype
    # What a column of objects holds; "floating", "datetime64", ... for any other.
    content = types.infer_dtype(column, skipna=True)
    if "complex" in content:
        raise ValueError(f"Complex data not supported: column {column.name!r} of X.")
    if isinstance(dtype, pd.CategoricalDtype):
        return LevelsEncoder.or_text(read_strings(column)).fit(column)
    if types.is_numeric_dtype(dtype) or content in _NUMBERS:
        return None
    if content in _DATES:
        return DateEncoder().fit(column)
    if content in _DURATIONS:
        return DurationEncoder().fit(column)
    return string_encoder(column).fit(column)
