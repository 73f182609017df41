"""The rows of a training: weights, rows held out, order."""

import numpy as np

from skautogen.training._rows import EXACT_WEIGHT_ROWS, epoch_order, hold_out, make_rows


def test_equal_rows_are_one_row_of_their_weight_in_any_order():
    X = np.array([[1.0, 2.0], [0.0, 1.0], [1.0, 2.0], [5.0, 5.0]], dtype="float32")
    y = np.array(["b", "a", "b", "a"])
    weighted = make_rows(X[[1, 2]], y[[1, 2]], np.array([1.0, 2.0]))
    repeated = make_rows(X[:3], y[:3], None)
    zeroed = make_rows(X, y, np.array([1.0, 1.0, 1.0, 0.0]))
    for rows in (repeated, zeroed):
        np.testing.assert_array_equal(rows.X, weighted.X)
        np.testing.assert_array_equal(rows.y, weighted.y)
        np.testing.assert_array_equal(rows.weight, weighted.weight)
    np.testing.assert_allclose(weighted.weight, [2 / 3, 4 / 3])


def test_the_same_row_with_two_labels_stays_two_rows():
    X, y = np.zeros((2, 3), dtype="float32"), np.array([1, 0])
    assert len(make_rows(X, y, None)) == 2


def test_large_tables_keep_their_rows_and_order():
    X = np.zeros((EXACT_WEIGHT_ROWS + 1, 1), dtype="float32")
    y = np.arange(len(X)) % 2
    rows = make_rows(X, y, None)
    np.testing.assert_array_equal(rows.y, y)


def test_rows_held_out_are_apart_and_stratified():
    X = np.arange(400, dtype="float32")[:, None]
    y = np.repeat([0, 1], [300, 100])
    training, watched = hold_out(make_rows(X, y, None), stratify=True, seed=0)
    assert watched is not None
    assert not set(training.X.ravel()) & set(watched.X.ravel())
    assert len(training) + len(watched) == 400
    np.testing.assert_allclose(watched.y.mean(), 0.25)
    np.testing.assert_allclose(watched.weight.mean(), 1, rtol=1e-6)


def test_few_rows_are_all_trained_on():
    rows = make_rows(np.arange(30, dtype="float32")[:, None], np.zeros(30), None)
    training, watched = hold_out(rows, stratify=False, seed=0)
    assert watched is None
    assert len(training) == 30


def test_a_class_of_one_row_is_no_obstacle_to_holding_out():
    X = np.arange(100, dtype="float32")[:, None]
    y = np.array([0] * 60 + [1] * 39 + [2])
    training, watched = hold_out(make_rows(X, y, None), stratify=True, seed=0)
    assert len(training) + len(watched) == 100


def test_the_order_of_an_epoch_is_a_permutation_and_another_each_time():
    orders = [epoch_order(3, epoch, 50) for epoch in range(3)]
    for order in orders:
        np.testing.assert_array_equal(np.sort(order), np.arange(50))
    assert not np.array_equal(orders[0], orders[1])
    np.testing.assert_array_equal(epoch_order(3, 1, 50), orders[1])
