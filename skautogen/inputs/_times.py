"""Columns of dates and durations read as raw numbers."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Dates:
    """What a date tells: the time since 1970, the year, and where in its cycles it is.

    The month, the day of the month and of the week and, where there are times of day,
    the hour are points on a circle, so that December is next to January.

    Attributes
    ----------
    parser : skrub.ToDatetime
        Knows the format of strings, and the time zone.
    encoder : skrub.DatetimeEncoder
    """

    parser: Any
    encoder: Any
    n_kept = 0

    @property
    def suffixes(self) -> list[str]:
        return ["_seconds", *self.encoder.all_outputs_]

    def transform(self, column: pd.Series) -> np.ndarray:
        import pandas as pd

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dates = self.parser.transform(_as_datetime(column))
            # Not pd.Timestamp(0), whose nanoseconds do not reach back to 1492.
            epoch = pd.Timestamp("1970-01-01", tz="UTC").tz_convert(dates.dt.tz)
            # In double precision: skrub's total_seconds is off by up to a minute.
            seconds = (dates - epoch).dt.total_seconds()
            parts = self.encoder.transform(dates)
        return np.column_stack([seconds, parts]).astype(np.float64)


@dataclass(frozen=True)
class Durations:
    """Durations in seconds."""

    suffixes = ("",)
    n_kept = 0

    def transform(self, column: pd.Series) -> np.ndarray:
        import pandas as pd

        durations = pd.to_timedelta(column, errors="coerce")
        seconds: np.ndarray = durations.dt.total_seconds().to_numpy(dtype=np.float64)
        return seconds[:, None]


def parse_dates(words: Sequence[str]) -> Dates | None:
    """Fit the encoder for dates that are written as strings.

    Parameters
    ----------
    words : sequence of str
        The distinct values, in an order of their own.

    Returns
    -------
    encoder : Dates or None
        ``None`` if the words are not all dates of one format.
    """
    import pandas as pd

    # Every date has a digit. To look for one is cheap; to import skrub is not.
    if not words or not any(char.isdigit() for char in words[0]):
        return None
    dates = _fit_dates(pd.Series(words, dtype=object))
    # A bare number of four digits is a number.
    return None if dates is None or dates.parser.format_ == "%Y" else dates


def encode_dates(column: pd.Series) -> Dates | None:
    """Fit the encoder for a column of dates.

    Parameters
    ----------
    column : pandas.Series of shape (n_samples,)
        Of a datetime dtype, or of Python's dates and datetimes.

    Returns
    -------
    encoder : Dates or None
        ``None`` if pandas cannot bring the dates together, say of several time zones.
    """
    dates = _as_datetime(column).drop_duplicates()
    return None if dates.dtype == object else _fit_dates(dates.sort_values())


def _fit_dates(dates: pd.Series) -> Dates | None:
    from skrub import DatetimeEncoder, ToDatetime

    parser = ToDatetime()
    encoder = DatetimeEncoder(
        add_weekday=True, add_total_seconds=False, periodic_encoding="circular"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parsed = parser.fit_transform(dates.rename(""))
        except ValueError:  # RejectColumn: these are no dates.
            return None
        encoder.fit_transform(parsed)
    return Dates(parser, encoder)


def _as_datetime(column: pd.Series) -> pd.Series:
    """Give Python's dates and datetimes the dtype of pandas; leave strings alone."""
    import pandas as pd

    column = column.rename("")
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if pd.api.types.infer_dtype(column, skipna=True) not in ("date", "datetime"):
        return column
    try:
        return pd.to_datetime(column)
    except ValueError:
        return column.astype(object)
