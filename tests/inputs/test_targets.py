"""Whether y can be learned."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_array_equal
from sklearn.exceptions import DataConversionWarning

from skautogen.inputs import check_classification_target, check_regression_target

LABELS = {
    "strings": (["b", "a", "b"], ["a", "b"]),
    "object strings": (np.array(["b", "a", "b"], dtype=object), ["a", "b"]),
    "integers": ([3, -1, 3], [-1, 3]),
    "object integers": (np.array([3, -1, 3], dtype=object), [-1, 3]),
    "booleans": ([True, False, True], [False, True]),
    "whole floats": ([2.0, 1.0, 2.0], [1.0, 2.0]),
    "pandas category": (pd.Series(["b", "a", "b"], dtype="category"), ["a", "b"]),
    "pandas string": (pd.Series(["b", "a", "b"], dtype="string"), ["a", "b"]),
    "pandas Int64": (pd.Series([3, -1, 3], dtype="Int64"), [-1, 3]),
    "pandas boolean": (pd.Series([True, False], dtype="boolean"), [False, True]),
    "polars string": (pl.Series(["b", "a", "b"]), ["a", "b"]),
    "polars integer": (pl.Series([3, -1, 3]), [-1, 3]),
    "polars boolean": (pl.Series([True, False]), [False, True]),
    "polars category": (pl.Series(["b", "a"], dtype=pl.Categorical), ["a", "b"]),
}


@pytest.mark.parametrize(("y", "expected"), LABELS.values(), ids=LABELS)
def test_classes_are_the_sorted_labels(y, expected):
    labels, classes = check_classification_target(y)
    assert classes.tolist() == expected
    assert labels.tolist() == list(y)


def test_labels_of_ordinary_dtypes_keep_them():
    for y in (np.array(["a", "b"]), np.array([1, 2], np.int8), np.array([True, False])):
        labels, classes = check_classification_target(y)
        assert labels.dtype == classes.dtype == y.dtype


MISSING = {
    "float": [1.0, np.nan, 0.0],
    "object": np.array(["a", None, "b"], dtype=object),
    "object nan": np.array(["a", np.nan, "b"], dtype=object),
    "pandas string": pd.Series(["a", None, "b"], dtype="string"),
    "pandas Int64": pd.Series([1, None, 2], dtype="Int64"),
    "pandas category": pd.Series(["a", None, "b"], dtype="category"),
    "polars": pl.Series(["a", None, "b"]),
}


@pytest.mark.parametrize("y", MISSING.values(), ids=MISSING)
def test_missing_labels_are_refused(y):
    with pytest.raises(ValueError, match=r"Input y contains NaN"):
        check_classification_target(y)


def test_infinite_labels_are_refused():
    with pytest.raises(ValueError, match="Input y contains infinity"):
        check_classification_target([1.0, np.inf])


@pytest.mark.parametrize("y", [["a", "a"], [1, 1, 1], np.ones(3), [True, True]])
def test_one_class_is_refused(y):
    with pytest.raises(
        ValueError, match="number of classes has to be greater than one; got 1 class"
    ):
        check_classification_target(y)


def test_continuous_labels_are_refused():
    with pytest.raises(ValueError, match="Unknown label type: continuous"):
        check_classification_target([0.1, 0.2, 0.7])


def test_labels_of_mixed_types_are_refused():
    with pytest.raises(ValueError, match="y mixes labels of the types"):
        check_classification_target(np.array([1, "a", 1], dtype=object))


def test_column_of_labels_is_flattened_with_a_warning():
    with pytest.warns(DataConversionWarning, match="A column-vector y was passed"):
        labels, _ = check_classification_target(np.array([[1], [0], [1]]))
    assert_array_equal(labels, [1, 0, 1])


@pytest.mark.parametrize(
    "y",
    [np.eye(3, dtype=int), pd.DataFrame({"a": [0, 1], "b": [1, 0]}), [[0, 1], [1, 0]]],
    ids=["array", "frame", "list"],
)
def test_several_labels_for_a_row_are_refused(y):
    with pytest.raises(ValueError, match=r"should be a 1d array.*MultiOutputClass"):
        check_classification_target(y)


@pytest.mark.parametrize(
    "check", [check_classification_target, check_regression_target]
)
def test_no_target_is_refused(check):
    with pytest.raises(
        ValueError, match="requires y to be passed, but the target y is"
    ):
        check(None)


NUMBERS = {
    "list": [1, 2, 4],
    "integers": np.array([1, 2, 4]),
    "single precision": np.array([1, 2, 4], dtype=np.float32),
    "objects": np.array([1, 2, 4], dtype=object),
    "pandas": pd.Series([1, 2, 4], dtype="Int64"),
    "polars": pl.Series([1, 2, 4]),
}


@pytest.mark.parametrize("y", NUMBERS.values(), ids=NUMBERS)
def test_numbers_become_double_precision(y):
    numbers = check_regression_target(y)
    assert numbers.dtype == np.float64
    assert_array_equal(numbers, [1.0, 2.0, 4.0])


def test_several_outputs_are_accepted_for_regression():
    y = np.arange(6.0).reshape(3, 2)
    assert_array_equal(check_regression_target(y), y)
    assert_array_equal(check_regression_target(pd.DataFrame(y)), y)
    assert_array_equal(check_regression_target(pl.DataFrame(y)), y)


def test_column_of_numbers_is_flattened_with_a_warning():
    with pytest.warns(DataConversionWarning, match="A column-vector y was passed"):
        numbers = check_regression_target([[1.0], [2.0]])
    assert_array_equal(numbers, [1.0, 2.0])


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([1.0, np.nan], "Input y contains NaN"),
        ([1.0, np.inf], "Input y contains infinity"),
        (pd.Series([1, None], dtype="Int64"), "Input y contains NaN"),
        (pl.Series([1, None]), "Input y contains NaN"),
        ([1j, 2j], "Complex data not supported"),
        (["a", "b"], "y must hold numbers"),
        (np.array(["a", 1], dtype=object), "y must hold numbers"),
        (np.zeros((2, 2, 2)), "Found array with dim 3"),
    ],
)
def test_what_is_no_finite_number_is_refused(y, message):
    with pytest.raises(ValueError, match=message):
        check_regression_target(y)


@pytest.mark.parametrize(
    "check", [check_classification_target, check_regression_target]
)
def test_target_is_not_modified(check):
    y = np.array([1.0, 0.0, 1.0])
    y.flags.writeable = False
    check(y)
