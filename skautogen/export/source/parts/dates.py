"""A function of generated files."""

import numpy as np
import pandas as pd


def read_dates(column: pd.Series, form: str | None, parts: list[str]) -> np.ndarray:
    """Read dates: seconds since 1970, the year, and points on circles.

    So December is next to January. Missing dates are NaN.
    """
    dates = pd.to_datetime(column, format=form, errors="coerce")
    numbers = [(dates - pd.Timestamp("1970-01-01")).dt.total_seconds(), dates.dt.year]
    periods = {"month": 12, "day": 30, "hour": 24, "weekday": 7}
    for part in parts:
        name = "day_of_week" if part == "weekday" else part
        # Monday is day 0 of pandas, and day 1 here, as days of months are.
        place = getattr(dates.dt, name) + (part == "weekday")
        angle = 2 * np.pi * place / periods[part]
        numbers += [np.sin(angle), np.cos(angle)]
    return np.column_stack(numbers).astype(float)
