"""Which folds a search has."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import GroupKFold, KFold, ShuffleSplit, StratifiedKFold

from skautogen.search import make_folds
from skautogen.search._planned import DrawnFolds


def labels(*counts):
    return np.repeat(np.arange(len(counts)), counts)


@pytest.mark.parametrize(
    ("y", "n_folds"), [(labels(50, 50), 5), (labels(50, 3), 3), (labels(2, 2), 2)]
)
def test_each_class_is_in_each_fold(y, n_folds):
    splitter = make_folds(None, y, classifier=True)
    folds = list(splitter.split(np.zeros((len(y), 1)), y))
    assert len(folds) == n_folds
    for train, test in folds:
        assert set(y[train]) == set(y[test]) == {0, 1}


def test_class_of_a_single_row_leaves_five_folds():
    y = labels(30, 1)
    splitter = make_folds(None, y, classifier=True)
    folds = list(splitter.split(np.zeros((31, 1)), y))
    assert sorted(np.concatenate([test for _, test in folds])) == list(range(31))
    assert len(folds) == 5
    # Shuffled, since rows are often sorted by class; and the same with every call.
    again = make_folds(None, y, classifier=True).split(np.zeros((31, 1)), y)
    for (_, test), (_, same) in zip(folds, again, strict=True):
        np.testing.assert_array_equal(test, same)
        assert np.ptp(test) > len(test)


@pytest.mark.parametrize(("n_rows", "n_folds"), [(100, 5), (3, 3), (2, 2)])
def test_numbers_are_in_folds_of_neighbours(n_rows, n_folds):
    splitter = make_folds(None, np.zeros((n_rows, 2)), classifier=False)
    tests = [test for _, test in splitter.split(np.zeros((n_rows, 1)))]
    assert len(tests) == n_folds
    assert np.concatenate(tests).tolist() == list(range(n_rows))


@pytest.mark.parametrize("cv", [3, np.int64(3)])
def test_number_of_folds(cv):
    assert isinstance(make_folds(cv, labels(9, 9), classifier=True), StratifiedKFold)
    splitter = make_folds(cv, np.arange(9.0), classifier=False)
    assert isinstance(splitter, KFold)
    assert splitter.get_n_splits() == 3


@pytest.mark.parametrize("cv", [KFold(4), GroupKFold(2), ShuffleSplit(1)])
def test_splitters_are_taken_as_they_are(cv):
    assert make_folds(cv, labels(9, 9), classifier=True) is cv


def test_folds_may_be_listed():
    folds = [(np.arange(5), np.arange(5, 9))]
    splitter = make_folds(iter(folds), labels(5, 4), classifier=True)
    assert splitter.get_n_splits() == 1
    [(train, test)] = splitter.split()
    assert (train.tolist(), test.tolist()) == ([0, 1, 2, 3, 4], [5, 6, 7, 8])


@pytest.mark.parametrize(("cv", "n_folds"), [(5, 5), (np.int64(5), 5), (None, 2)])
def test_fewer_rows_than_folds_are_refused(cv, n_folds):
    n_rows = n_folds - 1
    match = f"{n_folds} folds needs at least {n_folds} rows; got n_samples={n_rows}"
    with pytest.raises(ValueError, match=match):
        make_folds(cv, np.zeros(n_rows), classifier=False)


def test_drawn_folds_are_the_same_whenever_asked_for():
    drawn = list(KFold(3, shuffle=True).split(np.zeros((30, 1))))
    folds = DrawnFolds(drawn)
    for _ in range(2):
        for (train, test), (same, tested) in zip(folds.split(), drawn, strict=True):
            np.testing.assert_array_equal(train, same)
            np.testing.assert_array_equal(test, tested)
