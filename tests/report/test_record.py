"""What a fit remembers of its data."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest

from skautogen.report._record import Column, make_record

TIMES = " \N{MULTIPLICATION SIGN} "
numbers = np.arange(4.0)


def record_of(X, y=numbers, *, classes=None, has_columns=True):
    return make_record(X, y, classes=classes, has_columns=has_columns)


def ragged(*rows):
    array = np.empty(len(rows), dtype=object)
    array[:] = rows
    return array


@pytest.mark.parametrize(
    ("X", "told"),
    [
        (np.zeros((4, 3_000)), "3,000 numbers"),
        (np.zeros((4, 8, 8, 3)), f"8{TIMES}8{TIMES}3 numbers"),
        (ragged("ab", None, "abcd", "a"), "text of 1 to 4 characters"),
        (ragged(*(np.zeros((n, 2)) for n in (5, 7, 6, 5))), f"5 to 7{TIMES}2 numbers"),
        (ragged(*(np.zeros(n) for n in (9, 9, 9, 8))), "8 to 9 numbers"),
    ],
    ids=["sounds", "images", "texts", "sequences", "files of sounds"],
)
def test_a_row_is_told_in_words(X, told):
    record = record_of(X, has_columns=False)
    assert (record.row, record.columns) == (told, ())


@pytest.mark.parametrize(("n", "told"), [(1, "1 column"), (3, "3 columns")])
def test_a_row_of_a_table_is_columns(n, told):
    X = np.zeros((4, n))
    X[1, 0] = np.nan
    record = record_of(X)
    assert record.row == told
    assert record.columns[0] == Column("x0", "float64", 1)
    assert len(record.columns) == n


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
def test_columns_are_told_with_what_is_missing(library):
    frame = library.DataFrame(
        {"age": [1.0, None, 3.0, 4.0], "city": ["a", "b", None, None]}
    )
    found = record_of(frame).columns
    assert [(each.name, each.n_missing) for each in found] == [("age", 1), ("city", 2)]
    assert [each.dtype for each in found] == [
        str(frame[name].dtype) for name in frame.columns
    ]


def test_classes_are_counted_the_most_frequent_first():
    y = np.array(["b", "a", "b", "c"])
    record = record_of(np.zeros((4, 1)), y, classes=np.array(["a", "b", "c"]))
    assert record.classes == (("b", 2), ("a", 1), ("c", 1))
    assert record.outputs == ()


def test_each_output_is_described():
    y = np.column_stack([numbers, 10 * numbers])
    record = record_of(np.zeros((4, 1)), y)
    assert record.classes == ()
    assert [each.mean for each in record.outputs] == [1.5, 15.0]
    assert record.outputs[1].greatest == 30.0
    assert record.outputs[0].deviation == pytest.approx(np.std(numbers))


def test_no_rows_are_kept():
    X = np.random.default_rng(0).normal(size=(1_000, 50))
    record = record_of(X, X[:, 0])
    assert len(pickle.dumps(record)) < 10_000


def test_polars_has_nan_beside_null():
    frame = pl.DataFrame({"age": [1.0, None, float("nan"), 4.0]})
    assert record_of(frame).columns[0].n_missing == 2
