"""Columns of keys, of which a search warns."""

from __future__ import annotations

import uuid
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest

from skautogen.inputs import IdentifierColumnWarning
from skautogen.inputs._identifiers import warn_of_identifiers

N = 200
rng = np.random.default_rng(0)
FLOATS = rng.normal(size=N)

KEYS = {
    "running": np.arange(N) + 1001,
    "customer_id": rng.choice(10**12, N, replace=False),
    "PassengerId": rng.choice(10**12, N, replace=False),
    "Index": rng.permutation(N),
    "order key": [f"AB-{i:05d}" for i in rng.choice(10**5, N, replace=False)],
    "session": [str(uuid.UUID(int=i)) for i in range(N)],
}
NO_KEYS = {
    "floats": FLOATS,
    "whole floats": np.arange(N) * 1.0,
    "prices": rng.choice(500_000, N, replace=False),
    "rank": rng.permutation(N),
    "altitude_m": np.sort(rng.choice(3 * N, N, replace=False)),
    "price_index": rng.choice(3 * N, N, replace=False),
    "years": np.arange(N)[::-1] + 1800,
    "unix_time": np.arange(N) * 3600,
    "race time": [f"07:{i // 60:02d}:{i % 60:02d}" for i in range(N)],
    "weight": [f"{i / 100:.3f}kg" for i in range(N)],
    "ages": rng.integers(18, 80, N),
    "paid": rng.integers(18, 80, N),
    "parent_id": rng.integers(0, 20, N),
    "nearly": [*range(N - 1), 0],
    "with gaps": [*range(N - 1), None],
    "dates": pd.date_range("2024-01-01", periods=N),
    "written dates": pd.date_range("2024-01-01", periods=N).strftime("%Y-%m-%d"),
    "written numbers": [f"{each:.6f}" for each in FLOATS],
    "texts": [f"the {i}th review of this film" for i in range(N)],
    "names": ["Ann Lee " + chr(97 + i % 26) * (i // 26 + 1) for i in range(N)],
}


def _told(frame):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        warn_of_identifiers(frame)
    return [str(each.message) for each in told]


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_told(name):
    (message,) = _told(pd.DataFrame({"a": FLOATS, name: KEYS[name]}))
    assert f": {name!r}." in message
    assert f"X.drop(columns=[{name!r}])" in message


@pytest.mark.parametrize("name", NO_KEYS)
def test_what_differs_by_nature_is_not(name):
    assert not _told(pd.DataFrame({"a": FLOATS, name: NO_KEYS[name]}))


def test_of_polars_too():
    keys = {"n": KEYS["running"], "u": KEYS["session"]}
    frame = pl.DataFrame({"a": FLOATS, **keys})
    (message,) = _told(frame)
    assert "columns are different in every row" in message
    assert "X.drop(['n', 'u'])" in message
    assert frame.drop(["n", "u"]).columns == ["a"]


def test_few_rows_and_single_columns_are_not():
    frame = pd.DataFrame({"a": FLOATS, "n": np.arange(N)})
    assert not _told(frame[:50])
    assert not _told(frame[["n"]])


def test_fit_warns(fast):
    from skautogen import AutoGenRegressor

    frame = pd.DataFrame({"a": FLOATS, "n": np.arange(N)})
    with pytest.warns(IdentifierColumnWarning, match="'n'") as told:
        AutoGenRegressor(**fast).fit(frame, FLOATS)
    assert told[0].filename == __file__
