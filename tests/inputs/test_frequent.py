"""Frequent values of columns that are mostly one value."""

import numpy as np
import pandas as pd
import pytest

from skautogen.inputs import TablePreparer


def amounts(**counts):
    """A shuffled column in which each value stands so often."""
    values = np.repeat([float(name[1:]) for name in counts], list(counts.values()))
    return np.random.default_rng(0).permutation(values)


def test_frequent_values_have_an_indicator_and_others_none():
    column = amounts(_0=180, _50=12, _7=10, _3=9, _4=1)
    preparer = TablePreparer().fit(column[:, None])
    names = preparer.get_feature_names_out().tolist()
    assert names == ["x0", "x0_0", "x0_7", "x0_50"]
    prepared = preparer.transform([[0.0], [7.0], [50.0], [3.0], [6.0]])
    np.testing.assert_array_equal(
        prepared[:, 1:], [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]]
    )
    assert preparer.input_index_.tolist() == [0, 0, 0, 0]
    assert preparer.n_numeric_ == 1


@pytest.mark.parametrize(
    "column",
    [
        amounts(_0=90, _1=20),  # two values are an indicator by themselves
        amounts(_0=30, _1=30, _2=30, _3=30),  # the quartiles differ
        np.arange(100.0),
        np.full(50, 3.0),
    ],
)
def test_other_columns_have_none(column):
    assert TablePreparer().fit_transform(column[:, None]).shape[1] == 1


def test_forty_values_are_told_at_most():
    column = np.concatenate([np.zeros(4_000), np.repeat(np.arange(1, 61), 12)])
    assert TablePreparer().fit_transform(column[:, None]).shape[1] == 41


def test_usual_amounts_are_told_apart_though_one_is_enormous():
    column = np.concatenate([np.zeros(100), np.linspace(1, 10, 30), [1e9]])
    prepared = TablePreparer().fit(column[:, None]).transform([[2.0], [9.0], [1e9]])
    low, high, enormous = prepared[:, 0]
    assert high - low > 0.5
    assert enormous == pytest.approx(3)


def test_a_missing_value_is_none_of_them_and_weights_count():
    column = np.array([0.0] * 40 + [5.0] * 5 + [2.0] + [np.nan] * 4)
    weight = np.where(column == 5, 2, 1)
    preparer = TablePreparer().fit(pd.DataFrame({"a": column}), sample_weight=weight)
    names = preparer.get_feature_names_out().tolist()
    assert names == ["a", "a_0", "a_5", "missingindicator_a"]
    row = preparer.transform(pd.DataFrame({"a": [np.nan]}))
    np.testing.assert_array_equal(row, [[0, 0, 0, 1]])
