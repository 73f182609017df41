"""Tables prepared for a network."""

from __future__ import annotations

import datetime
import decimal
import pickle
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import parametrize_with_checks
from skrub import SquashingScaler

from skautogen.inputs import INPUT_KINDS, TablePreparer

DAYS = [datetime.date(2020, 1, 1) + datetime.timedelta(days=11 * i) for i in range(50)]


@parametrize_with_checks([TablePreparer()])
def test_keeps_the_rules_of_scikit_learn(estimator, check):
    check(estimator)


def prepare(train, test=None):
    """Prepare columns named as the keys, learned from ``train``."""
    preparer = TablePreparer().fit(train)
    prepared = preparer.transform(train if test is None else test)
    assert prepared.dtype == np.float32
    assert np.isfinite(prepared).all()
    return preparer, prepared


def prepare_column(train, test=None):
    """Prepare one column named a."""
    test = train if test is None else test
    return prepare(pd.DataFrame({"a": train}), pd.DataFrame({"a": test}))


def names(preparer):
    return preparer.get_feature_names_out().tolist()


def mixed_frame(n_rows=120, seed=0):
    """A DataFrame with some of everything, and missing values in most of it."""
    rng = np.random.RandomState(seed)
    words = np.array([f"{a}{b}" for a in "abcdefghij" for b in "klmnopqrst"])
    frame = pd.DataFrame(
        {
            "float": rng.standard_cauchy(n_rows) * 1e6,
            "int": rng.randint(0, 5, n_rows),
            "Int64": pd.array(rng.randint(0, 99, n_rows), dtype="Int64"),
            "bool": rng.rand(n_rows) < 0.5,
            "boolean": pd.array(rng.rand(n_rows) < 0.5, dtype="boolean"),
            "binary": rng.choice(["no", "yes"], n_rows),
            "category": pd.Categorical(rng.choice(list("xyz"), n_rows)),
            "high": rng.choice(words, n_rows),
            "date": pd.Series(DAYS * 3)[:n_rows].astype(str),
            "datetime": pd.date_range("2021-03-01", periods=n_rows, freq="7h"),
            "zone": pd.date_range("2021", periods=n_rows, freq="7h", tz="Asia/Tokyo"),
            "duration": pd.to_timedelta(rng.randint(0, 999, n_rows), unit="min"),
            "numeral": (rng.randint(0, 10**6, n_rows) / 4).astype(str),
            "object": pd.Series(rng.choice([1, "a", 2.5, True], n_rows), dtype=object),
            "constant": 7,
            "nothing": None,
        }
    )
    for i, name in enumerate(["float", "Int64", "boolean", "category", "high", "date"]):
        frame.loc[frame.index[i::9], name] = None
    return frame


# Arrays of numbers


def reference_numbers(column):
    """Quantiles, scale and clipping of finite numbers, value by value."""
    least, low, center, high, most = np.percentile(column, [0, 25, 50, 75, 100])
    if most == least:
        return np.zeros(len(column))
    width = high - low if high > low else (most - least) / 2
    z = (column - center) / width
    return z / np.sqrt(1 + (z / 3) ** 2)


def test_numbers_are_scaled_by_their_quartiles_and_clipped_smoothly():
    rng = np.random.RandomState(0)
    X = np.column_stack(
        [
            rng.normal(1e6, 1e-2, 200),
            rng.standard_cauchy(200) * 1e12,
            rng.rand(200) < 0.1,  # the quartiles are equal
            rng.randint(0, 3, 200),
            np.full(200, 7.5),
        ]
    ).astype(float)
    expected = np.column_stack([reference_numbers(column) for column in X.T])
    assert_allclose(prepare(X)[1], expected, atol=1e-6)


@pytest.mark.parametrize("n_rows", [1, 2, 3, 50])
def test_numbers_come_out_as_of_skrub(n_rows):
    X = np.random.RandomState(0).standard_cauchy((n_rows, 4))
    X[: n_rows // 3, 1] = np.inf
    X[-(n_rows // 4) :, 2] = -np.inf if n_rows > 4 else 1.0
    expected = SquashingScaler().fit_transform(X)
    assert_allclose(prepare(X)[1], expected, atol=1e-6)


def test_missing_numbers_become_the_median_and_are_indicated():
    X = np.array([[1.0, 5.0], [np.nan, 6.0], [2.0, 7.0], [9.0, 8.0]])
    preparer, prepared = prepare(X)
    filled = np.where(np.isnan(X), 2.0, X)
    assert_array_equal(prepared[:, :2], preparer.transform(filled)[:, :2])
    assert_array_equal(prepared[:, 2], [0, 1, 0, 0])
    assert names(preparer) == ["x0", "x1", "missingindicator_x0"]
    assert_array_equal(preparer.input_index_, [0, 1, 0])


def test_number_missing_for_the_first_time_becomes_the_median():
    preparer, _ = prepare(np.array([[1.0], [2.0], [4.0]]))
    assert_array_equal(preparer.transform([[np.nan]]), [[0.0]])


def test_infinities_become_the_ends_of_the_clip():
    X = np.array([[1.0, np.inf], [np.inf, 2.0], [-np.inf, 2.0], [2.0, 2.0]])
    _, prepared = prepare(X)
    assert_array_equal(prepared[:, 1], [3, 0, 0, 0])
    assert_array_equal(prepared[1:3, 0], [3, -3])


@pytest.mark.parametrize("other", [8.0, -1e300, np.nan, np.inf])
def test_constant_becomes_zero_and_stays_bounded(other):
    preparer, prepared = prepare(np.full((5, 1), 7.0))
    assert_array_equal(prepared, np.zeros((5, 1)))
    assert abs(preparer.transform([[other]])[0, 0]) <= 3


def test_column_without_a_number_becomes_zero():
    preparer, prepared = prepare(np.full((4, 2), np.nan))
    assert_array_equal(prepared, np.zeros((4, 2)))
    assert_array_equal(preparer.transform([[1.0, np.inf]]), [[0, 0]])


def test_numbers_on_the_wildest_scales_stay_finite_and_ordered():
    column = np.array([-1.7e308, -1e-300, 0.0, 5e-324, 1e-300, 1.0, 1e300, 1.7e308])
    for X in (column, column[1:5] * 1e-8, column[-2:]):
        _, prepared = prepare(X[:, None])
        assert (np.diff(prepared[:, 0]) >= 0).all()
        assert np.abs(prepared).max() <= 3


def test_rounding_does_not_make_a_constant_vary():
    # Interpolated naively, quantiles of equal numbers differ in the last bit.
    X = np.append(np.full(34, 0.1), [5.0])[:, None]
    _, prepared = prepare(X)
    assert_allclose(prepared[-1], reference_numbers(X[:, 0])[-1])


@pytest.mark.parametrize(
    "dtype", ["int8", "uint64", "float16", "float32", "bool", object]
)
def test_any_numeric_dtype_is_accepted(dtype):
    X = np.array([[0, 1], [1, 1], [1, 0], [0, 0], [1, 1]])
    assert_array_equal(prepare(X.astype(dtype))[1], prepare(X.astype(float))[1])


COLLECTIONS = {
    "list": [1.5, 2.5],
    "tuple": (1, 2),
    "set": {1, 2},
    "dict": {"x": 1},
    "ndarray": np.ones(2),
}


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("others", ["a", 1, None])
def test_a_cell_that_holds_a_collection_is_refused_by_column_and_row(name, others):
    X = pd.DataFrame({"b": range(4), "a": [others, others, COLLECTIONS[name], others]})
    match = rf"Column 'a' of X holds a {name} in row 2.* column of each element"
    with pytest.raises(ValueError, match=match):
        INPUT_KINDS["table"].check(TablePreparer(), X, reset=True)
    with pytest.raises(ValueError, match=match):
        TablePreparer().fit(X)


@pytest.mark.parametrize("values", [[[1, 2], [3, 4]], [{"x": 1}, {"x": 2}]])
def test_a_nested_column_of_polars_is_refused(values):
    X = pl.DataFrame({"b": ["x", "y"], "a": values})
    with pytest.raises(ValueError, match=r"Column 'a' of X holds a .* in row 0"):
        INPUT_KINDS["table"].check(TablePreparer(), X, reset=True)


TRAINED = {
    "words": ["u", "v", "w", "x"],
    "numbers in words": ["1.5", "2.25", "3.125", "4.5"],
    "dates": ["2020-01-01", "2020-01-02", "2020-02-03", "2021-01-04"],
    "numbers": [1, 2, 3, 4],
    "categories": pd.Categorical(["u", "v", "u", "v"]),
}


@pytest.mark.parametrize("column", TRAINED.values(), ids=TRAINED)
def test_a_collection_is_refused_in_later_rows_too(column):
    preparer = TablePreparer().fit(pd.DataFrame({"a": column}))
    with pytest.raises(ValueError, match="Column 'a' of X holds a list in row 1"):
        preparer.transform(pd.DataFrame({"a": [column[0], [1, 2]]}))


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        (np.array([["a", "b"]], dtype=object), ValueError, "could not convert string"),
        (np.array([["a", "b"]]), ValueError, "could not convert string"),
        (np.array([[1j]]), ValueError, "Complex data not supported"),
        (sparse.eye(3, format="csr"), TypeError, "Sparse data was passed"),
        (np.arange(3.0), ValueError, "Expected 2D array, got 1D array"),
        (np.zeros((2, 2, 2)), ValueError, "X has 3 axes"),
        (np.zeros((0, 2)), ValueError, r"Found array with 0 sample\(s\)"),
        (np.zeros((2, 0)), ValueError, r"Found array with 0 feature\(s\)"),
        (pd.DataFrame({"a": []}), ValueError, r"Found array with 0 sample\(s\)"),
        (pl.DataFrame({"a": []}), ValueError, r"Found array with 0 sample\(s\)"),
        (pd.DataFrame(index=[0, 1]), ValueError, r"Found array with 0 feature\(s\)"),
        (pd.DataFrame({"a": [1j]}), ValueError, "Complex data not supported"),
    ],
)
def test_what_is_no_table_is_refused_in_the_words_of_scikit_learn(X, error, message):
    with pytest.raises(error, match=message):
        TablePreparer().fit(X)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.arange(3.0), "Expected 2D array, got 1D array"),
        (np.zeros((2, 2, 3)), "X has 3 axes"),
        (np.zeros((0, 3)), r"Found array with 0 sample\(s\)"),
        (np.zeros((2, 0)), r"Found array with 0 feature\(s\)"),
        (np.zeros((2, 2)), "X has 2 features, but TablePreparer is expecting 3"),
        (np.array([["a", "b", "c"]]), "could not convert string"),
    ],
)
def test_what_is_no_table_is_refused_after_fit_too(X, message):
    preparer = TablePreparer().fit(np.eye(3))
    with pytest.raises(ValueError, match=message):
        preparer.transform(X)


@pytest.mark.parametrize(
    "change",
    [
        np.asfortranarray,
        lambda X: np.repeat(X, 2, axis=0)[::2],
        lambda X: X.astype(">f8"),
        lambda X: X.view(np.memmap),
        lambda X: X.tolist(),
    ],
    ids=["by columns", "strided", "other byte order", "subclass", "list"],
)
def test_how_numbers_lie_in_memory_does_not_matter(change):
    X = np.random.RandomState(0).standard_cauchy((50, 3))
    preparer, prepared = prepare(X)
    assert_array_equal(preparer.transform(change(X)), prepared)


# Columns of a DataFrame


def test_frame_of_numbers_is_prepared_as_an_array():
    X = np.random.RandomState(0).normal(size=(30, 3))
    X[::4, 1] = np.nan
    expected = prepare(X)[1]
    assert_array_equal(prepare(pd.DataFrame(X))[1], expected)
    assert_array_equal(prepare(pl.DataFrame(X))[1], expected)


@pytest.mark.parametrize(
    "column",
    [
        pd.array([1, None, 3], dtype="Int64"),
        pd.array([1, None, 3], dtype="Float64"),
        pd.Series([1, None, 3], dtype=object),
        pd.Series([1, pd.NA, 3.0], dtype=object),
        pd.Series([decimal.Decimal(1), None, decimal.Decimal(3)], dtype=object),
        pd.array([1, np.nan, 3], dtype=pd.SparseDtype(float)),
        ["1", "?", "3"],
        ["1.0", None, "3e0"],
    ],
    ids=["Int64", "Float64", "None", "NA", "Decimal", "sparse", "words", "None words"],
)
def test_numbers_of_any_dtype_are_numbers(column):
    preparer, prepared = prepare_column(column)
    assert_array_equal(prepared, prepare(np.array([[1], [np.nan], [3]]))[1])
    assert names(preparer) == ["a", "missingindicator_a"]


@pytest.mark.parametrize(
    "column",
    [pd.array([True, None, False]), np.array([True, None, False], dtype=object)],
    ids=["boolean", "object"],
)
def test_booleans_with_missing_values_are_numbers(column):
    _, prepared = prepare_column(column)
    assert_array_equal(prepared, prepare(np.array([[1], [np.nan], [0]]))[1])


def test_integers_are_not_rounded():
    # In single precision they would be equal.
    _, prepared = prepare_column([10**9, 10**9 + 1, 10**9 + 2])
    assert len(np.unique(prepared)) == 3


def test_few_categories_are_one_hot_encoded():
    preparer, prepared = prepare_column(["b", "a", "c", "a"])
    assert names(preparer) == ["a_a", "a_b", "a_c"]
    assert_array_equal(prepared, [[0, 1, 0], [1, 0, 0], [0, 0, 1], [1, 0, 0]])


def test_two_categories_share_a_column():
    preparer, prepared = prepare_column(["no", "yes", "no"], ["yes", "no", "other"])
    assert names(preparer) == ["a_yes"]
    assert_array_equal(prepared, [[1], [-1], [0]])


def test_unknown_category_is_none_of_the_known():
    _, prepared = prepare_column(["a", "b", "c"], ["d", "b"])
    assert_array_equal(prepared, [[0, 0, 0], [0, 1, 0]])


@pytest.mark.parametrize("dtype", [object, "category", "string"])
def test_missing_category_is_none_of_the_known_and_indicated(dtype):
    column = pd.Series(["a", None, "b", "c"], dtype=dtype)
    preparer, prepared = prepare_column(column)
    assert names(preparer) == ["a_a", "a_b", "a_c", "missingindicator_a"]
    assert_array_equal(prepared[1], [0, 0, 0, 1])
    assert_array_equal(prepared[:, 3], [0, 1, 0, 0])


def test_category_missing_for_the_first_time_is_none_of_the_known():
    _, prepared = prepare_column(["a", "b", "c"], [None])
    assert_array_equal(prepared, [[0, 0, 0]])


def test_numbers_of_category_dtype_are_categories():
    preparer, prepared = prepare_column(pd.Categorical([3, 1, 2]), [3.0, 1, 9])
    assert names(preparer) == ["a_1", "a_2", "a_3"]
    assert_array_equal(prepared, [[0, 0, 1], [1, 0, 0], [0, 0, 0]])


def test_repeated_codes_are_categories_and_varied_numerals_are_numbers():
    assert names(prepare_column(["10", "20", "75"] * 5)[0]) == ["a_10", "a_20", "a_75"]
    assert names(prepare_column([str(i) for i in range(15)])[0]) == ["a"]


def test_objects_of_mixed_types_are_categories():
    column = np.array([1, "x", 2.5, None, True], dtype=object)
    preparer, prepared = prepare_column(column)
    assert names(preparer)[:4] == ["a_1", "a_2.5", "a_True", "a_x"]
    assert_array_equal(prepared.sum(axis=1), np.ones(5))


def random_words(n_words):
    rng = np.random.RandomState(0)
    return ["".join(rng.choice(list("abcdefghij"), 9)) for _ in range(n_words)]


def test_frequent_values_of_many_are_one_hot_encoded():
    preparer, prepared = prepare_column(
        random_words(100) + ["Oslo"] * 10 + ["Rome"] * 30 + ["Bern"] * 20,
        ["Rome", "Bern", "new", None],
    )
    assert names(preparer)[0] == "a_spelling0"
    assert names(preparer)[30:33] == ["a_Bern", "a_Oslo", "a_Rome"]
    cities = prepared[:, 30:33]
    assert_array_equal(cities, [[0, 0, 1], [1, 0, 0], [0, 0, 0], [0, 0, 0]])


def test_unknown_value_of_many_is_near_those_spelled_alike():
    words = random_words(100)
    preparer, known = prepare_column(words)
    assert known.shape == (100, 30)
    typos = [f"{word[:4]}x{word[4:]}" for word in words]
    unknown = preparer.transform(pd.DataFrame({"a": typos}))
    distance = np.linalg.norm(unknown[:, None] - known, axis=2)
    assert np.mean(distance.argmin(axis=1) == np.arange(100)) > 0.8


def test_words_that_differ_in_case_only_have_no_spelling_to_tell():
    words = [
        "".join(c.upper() if i >> k & 1 else c for k, c in enumerate("abcdefgh"))
        for i in range(90)
    ]
    _, prepared = prepare_column(words, ["abcdefgh", "other", None])
    assert prepared.shape == (3, 30)


@pytest.mark.parametrize(
    "column",
    [
        DAYS,
        pd.to_datetime(DAYS),
        [str(day) for day in DAYS],
        [day.strftime("%d.%m.%Y") for day in DAYS],
        [datetime.datetime(day.year, day.month, day.day) for day in DAYS],
    ],
    ids=["date", "datetime64", "ISO", "dotted", "datetime"],
)
def test_dates_of_any_dtype_are_parts_of_dates(column):
    preparer, prepared = prepare_column(column)
    # One week's cycle is a point on a circle, and so are the month and the day.
    parts = ["seconds", "year", "month_circular_0", "month_circular_1"]
    parts += ["day_circular_0", "day_circular_1"]
    parts += ["weekday_circular_0", "weekday_circular_1"]
    assert names(preparer) == [f"a_{part}" for part in parts]
    assert_array_equal(preparer.input_index_, np.zeros(8))
    seconds = np.array([(day - DAYS[0]).total_seconds() for day in DAYS])
    assert_allclose(prepared[:, 0], reference_numbers(seconds), atol=1e-6)
    year = np.array([float(day.year) for day in DAYS])
    assert_allclose(prepared[:, 1], reference_numbers(year), atol=1e-6)


def test_missing_date_is_indicated_once():
    dates = [*DAYS, None]
    preparer, prepared = prepare_column(dates)
    assert names(preparer)[-2:] == ["a_weekday_circular_1", "missingindicator_a"]
    assert_array_equal(prepared[-1], [0] * 8 + [1])


def test_what_is_no_date_is_missing():
    _, prepared = prepare_column([str(day) for day in DAYS], ["rubbish", None, np.nan])
    assert_array_equal(prepared, np.zeros((3, 8)))


def test_time_zones_are_brought_to_that_of_training():
    train = pd.date_range("2021", periods=50, freq="7h", tz="Asia/Tokyo")
    elsewhere = train.tz_convert("America/Lima")
    preparer, prepared = prepare_column(train)
    assert "a_hour_circular_0" in names(preparer)
    assert_array_equal(preparer.transform(pd.DataFrame({"a": elsewhere})), prepared)


def test_minutes_and_centuries_can_be_told():
    minutes = pd.date_range("2024-05-01 08:00", periods=9, freq="min")
    assert len(np.unique(prepare_column(minutes)[1][:, 0])) == 9
    _, prepared = prepare_column(["1704-03-31", "1789-07-14", "2020-01-01"])
    assert (np.diff(prepared[:, 1]) > 0).all()


def test_durations_are_seconds():
    column = pd.to_timedelta([60, 120, 30], unit="min")
    assert_array_equal(prepare_column(column)[1], prepare([[2], [4], [1]])[1])


@pytest.mark.parametrize("dtype", [object, "string", "category", "datetime64[ns]"])
def test_column_without_a_value_is_zero_whatever_comes_later(dtype):
    column = pd.Series([None] * 3, dtype=dtype)
    preparer, prepared = prepare_column(column, ["b", None, "c"])
    assert names(preparer) == ["a"]
    assert_array_equal(prepared, np.zeros((3, 1)))


def test_numbers_come_first_then_categories_and_indicators_last():
    X = pd.DataFrame(
        {"c": ["x", "y", None], "n": [1.0, None, 3.0], "b": ["u", "v", "w"]}
    )
    preparer, prepared = prepare(X)
    expected = ["n", "c_y", "b_u", "b_v", "b_w"]
    assert names(preparer) == [*expected, "missingindicator_c", "missingindicator_n"]
    assert preparer.n_numeric_ == 1
    assert_array_equal(preparer.input_index_, [1, 0, 2, 2, 2, 0, 1])
    assert_array_equal(prepared[:, 2:5], np.eye(3))


def test_equal_columns_are_prepared_equally():
    column = mixed_frame()["float"]
    _, prepared = prepare(pd.DataFrame({"a": column, "b": column}))
    assert_array_equal(prepared[:, 0], prepared[:, 1])


def to_polars(frame):
    """The same table in polars, which has None for all that is missing."""
    columns = {}
    for name, column in frame.items():
        values = [None if pd.isna(value) else value for value in column]
        columns[name] = pl.Series(values, strict=False)
    return pl.DataFrame(columns)


def test_polars_is_prepared_as_pandas():
    X = mixed_frame().drop(columns=["object", "zone", "duration", "datetime"])
    preparer, prepared = prepare(X)
    polars_preparer, polars_prepared = prepare(to_polars(X))
    assert_array_equal(polars_prepared, prepared)
    assert names(polars_preparer) == names(preparer)
    assert_array_equal(preparer.transform(to_polars(X)), prepared)


@pytest.mark.parametrize(
    "values",
    [
        pl.Series([1, None, 0], dtype=pl.Int8),
        pl.Series([1, None, 0], dtype=pl.Float32),
        pl.Series([1, None, 0], dtype=pl.Decimal(4, 2)),
        pl.Series([True, None, False]),
    ],
    ids=["Int8", "Float32", "Decimal", "Boolean"],
)
def test_numbers_of_polars_are_numbers(values):
    _, prepared = prepare(pl.DataFrame({"a": values}))
    assert_array_equal(prepared, prepare(np.array([[1], [np.nan], [0]]))[1])


@pytest.mark.parametrize(
    "values",
    [
        pl.Series(["x", None, "y"], dtype=pl.Categorical),
        pl.Series(["x", None, "y"], dtype=pl.Enum(["y", "x"])),
        pl.Series(["x", None, "y"]),
    ],
    ids=["Categorical", "Enum", "String"],
)
def test_categories_of_polars_are_categories(values):
    preparer, prepared = prepare(pl.DataFrame({"a": values}))
    assert names(preparer) == ["a_y", "missingindicator_a"]
    assert_array_equal(prepared, [[-1, 0], [0, 1], [1, 0]])


def test_times_of_polars_are_those_of_pandas():
    X = mixed_frame()[["datetime", "zone", "duration"]]
    polars = pl.DataFrame({name: pl.Series(list(column)) for name, column in X.items()})
    assert isinstance(polars["zone"].dtype, pl.Datetime)
    assert_array_equal(prepare(polars)[1], prepare(X)[1])


# The whole table


def test_row_alone_is_prepared_as_among_others():
    X = mixed_frame()
    preparer, prepared = prepare(X)
    for i in range(0, len(X), 11):
        assert_array_equal(preparer.transform(X.iloc[[i]]), prepared[[i]])
    array_preparer, prepared = prepare(X[["float", "int"]].to_numpy(dtype=float))
    for i in range(len(X)):
        row = X[["float", "int"]].to_numpy(dtype=float)[[i]]
        assert_array_equal(array_preparer.transform(row), prepared[[i]])


def test_long_table_is_prepared_as_its_parts():
    rng = np.random.RandomState(0)
    X = rng.standard_cauchy((9_000, 20))
    X[rng.rand(*X.shape) < 0.01] = np.nan
    X[rng.rand(*X.shape) < 0.01] = -np.inf
    X[:, 7] *= 1e300
    preparer, prepared = prepare(X)
    parts = [preparer.transform(part) for part in np.array_split(X, 50)]
    assert_array_equal(prepared, np.concatenate(parts))


def test_order_of_the_rows_does_not_matter():
    X = mixed_frame()
    preparer, prepared = prepare(X)
    shuffled = X.sample(frac=1, random_state=0)
    other = TablePreparer().fit(shuffled)
    assert names(other) == names(preparer)
    assert_array_equal(other.transform(X), prepared)


@pytest.mark.parametrize("kind", ["pandas", "polars", "array"])
def test_whole_weight_is_a_row_repeated(kind):
    X = mixed_frame().drop(columns=["object", "zone", "duration", "datetime"])
    if kind == "array":
        X = X[["float", "int", "bool", "constant"]].to_numpy(dtype=float)
    weight = np.random.RandomState(0).randint(0, 4, len(X))
    rows = np.random.RandomState(1).permutation(np.repeat(np.arange(len(X)), weight))
    repeated = X[rows] if kind == "array" else X.iloc[rows]
    if kind == "polars":
        X, repeated = to_polars(X), to_polars(repeated)
    weighted = TablePreparer().fit(X, sample_weight=weight)
    expected = TablePreparer().fit(repeated)
    assert names(weighted) == names(expected)
    assert_array_equal(weighted.transform(X), expected.transform(X))


@pytest.mark.parametrize("factor", [0.5, 1000], ids=["not whole", "too many"])
def test_other_weights_only_leave_rows_out(factor):
    X = mixed_frame()
    kept = np.arange(len(X)) % 3 > 0
    weighted = TablePreparer().fit(X, sample_weight=kept * factor)
    expected = TablePreparer().fit(X[kept])
    assert_array_equal(weighted.transform(X), expected.transform(X))


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ([1, -1], "Negative values in data passed to `sample_weight`"),
        ([0, 0], "sample_weight must not be all zero"),
        ([1, np.nan], "Input sample_weight contains NaN"),
        ([1, 1, 1], "inconsistent numbers of samples"),
        ([[1], [1]], "Sample weights must be 1D array or scalar, got 2D array"),
    ],
)
def test_impossible_weights_are_refused(weight, message):
    with pytest.raises(ValueError, match=message):
        TablePreparer().fit([[1], [2]], sample_weight=weight)


def test_input_is_not_modified():
    X = mixed_frame()
    before = X.copy(deep=True)
    prepare(X)
    pd.testing.assert_frame_equal(X, before)
    array = np.array([[1.0, np.nan], [np.inf, 2.0]])
    array.flags.writeable = False
    prepare(array)


@pytest.mark.parametrize("n_rows", [1, 2, 5])
def test_tiny_tables_can_be_prepared(n_rows):
    prepare(mixed_frame().head(n_rows), mixed_frame())


def test_pickle_is_small_and_works_in_a_fresh_process(tmp_path):
    X = mixed_frame()
    preparer, prepared = prepare(X)
    wide = TablePreparer().fit(np.random.RandomState(0).normal(size=(10_000, 20)))
    assert len(pickle.dumps(wide)) < 5_000
    (tmp_path / "preparer").write_bytes(pickle.dumps((preparer, X)))
    code = (
        "import pickle, sys; from pathlib import Path; "
        "preparer, X = pickle.loads(Path(sys.argv[1]).read_bytes()); "
        "sys.stdout.buffer.write(preparer.transform(X).tobytes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "preparer")],
        capture_output=True,
        check=True,
    )
    assert done.stdout == prepared.tobytes()


def test_pickle_does_not_grow_with_the_rows():
    X = mixed_frame()
    more = pd.concat([X] * 20, ignore_index=True)
    sizes = [len(pickle.dumps(TablePreparer().fit(each))) for each in (X, more)]
    # Some rare words become frequent ones, and are known by name.
    assert sizes[1] < sizes[0] + 5_000


# Names of columns, and columns that differ later


def test_names_and_number_of_columns_are_learned():
    preparer, _ = prepare(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
    assert_array_equal(preparer.feature_names_in_, ["a", "b"])
    assert preparer.n_features_in_ == 2
    array_preparer, _ = prepare(np.eye(3))
    assert not hasattr(array_preparer, "feature_names_in_")
    assert names(array_preparer) == ["x0", "x1", "x2"]
    assert array_preparer.get_feature_names_out(list("uvw")).tolist() == list("uvw")


def test_names_that_are_no_strings_are_positions():
    preparer, _ = prepare(pd.DataFrame({0: [1, 2], 7: ["x", "y"]}))
    assert not hasattr(preparer, "feature_names_in_")
    assert names(preparer) == ["x0", "x1_y"]


def test_names_of_mixed_types_are_refused():
    with pytest.raises(TypeError, match="only supported if all input features have"):
        TablePreparer().fit(pd.DataFrame({"a": [1, 2], 0: [1, 2]}))


def test_name_given_twice_is_refused():
    X = pd.DataFrame([[1, 2, 3]], columns=["a", "b", "a"])
    with pytest.raises(ValueError, match="must be unique; got a more than once"):
        TablePreparer().fit(X)


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["b", "a"], "must be in the same order"),
        (["a"], "seen at fit time, yet now missing"),
        (["a", "b", "c"], "unseen at fit time"),
    ],
)
def test_other_columns_are_refused(library, columns, message):
    preparer = TablePreparer().fit(library.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
    with pytest.raises(ValueError, match=message):
        preparer.transform(library.DataFrame({name: [1] for name in columns}))


def test_other_number_of_columns_is_refused():
    preparer = TablePreparer().fit(np.eye(3))
    with pytest.raises(ValueError, match="X has 2 features, but TablePreparer is exp"):
        preparer.transform(np.eye(2))


def test_array_instead_of_a_frame():
    numbers = TablePreparer().fit(pd.DataFrame({"a": [1, 2, 5]}))
    with pytest.warns(UserWarning, match="X does not have valid feature names"):
        assert_array_equal(numbers.transform([[2]]), [[0]])
    words = TablePreparer().fit(pd.DataFrame({"a": ["x", "y"]}))
    with (
        pytest.warns(UserWarning, match="X does not have valid feature names"),
        pytest.raises(ValueError, match="X is an array, but the training data was"),
    ):
        words.transform([[2]])


def test_frame_instead_of_an_array():
    preparer = TablePreparer().fit([[1], [2], [5]])
    for library in (pd, pl):
        with pytest.warns(UserWarning, match="X has feature names, but TablePreparer"):
            prepared = preparer.transform(library.DataFrame({"a": [2]}))
        assert_array_equal(prepared, [[0]])


def test_text_in_a_column_of_numbers_is_refused_by_name():
    preparer = TablePreparer().fit(pd.DataFrame({"a": [1, 2, 5]}))
    with pytest.raises(ValueError, match="Column 'a' of X held numbers in training"):
        preparer.transform(pd.DataFrame({"a": ["x"]}))


def test_dtype_may_change_where_the_values_allow():
    preparer, prepared = prepare_column([True, False, True])
    for column in ([1, 0, 1], [1.0, 0.0, 1.0], np.array([True, 0, "1"], dtype=object)):
        assert_array_equal(preparer.transform(pd.DataFrame({"a": column})), prepared)


def test_not_fitted():
    with pytest.raises(NotFittedError, match="This TablePreparer instance is not fit"):
        TablePreparer().transform([[1]])


def test_clone_and_output_as_a_frame():
    X = pd.DataFrame({"a": [1, 2, 5], "b": ["x", "y", "z"]})
    preparer = clone(TablePreparer()).set_output(transform="pandas")
    frame = preparer.fit_transform(X)
    assert list(frame.columns) == ["a", "b_x", "b_y", "b_z"]
