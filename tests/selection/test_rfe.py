"""Recursive elimination: what it finds, and that chance does not decide it."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import config_context
from sklearn.datasets import make_friedman1

from skautogen.selection import FeatureSelector


def make_xor(n_samples=300, n_features=8, dtype=np.float32):
    """Classes that features 1 and 5 tell together, and none by itself."""
    X = np.random.default_rng(0).normal(size=(n_samples, n_features)).astype(dtype)
    return X, np.where(X[:, 1] * X[:, 5] > 0, "same", "other")


def fit_rfe(X, y, keep, task="classification", seed=0, weights=None):
    selector = FeatureSelector("rfe", n_features=keep, task=task, random_state=seed)
    return selector.fit(X, y, sample_weight=weights)


def test_finds_features_that_tell_only_together():
    X, y = make_xor()
    np.testing.assert_array_equal(fit_rfe(X, y, 2).get_support(indices=True), [1, 5])
    alone = FeatureSelector("kbest", n_features=2).fit(X, y)
    assert set(alone.get_support(indices=True)) != {1, 5}


def test_finds_the_features_of_a_regression():
    X, y = make_friedman1(200, n_features=15, random_state=0)
    selector = fit_rfe(X, y, 5, "regression")
    np.testing.assert_array_equal(selector.get_support(indices=True), range(5))


def test_outputs_count_the_same_whatever_their_scale():
    X = np.random.default_rng(0).normal(size=(200, 6)).astype(np.float32)
    Y = np.column_stack([1e6 * X[:, 2], X[:, 4], np.zeros(len(X))])
    selector = fit_rfe(X, Y, 2, "regression")
    np.testing.assert_array_equal(selector.get_support(indices=True), [2, 4])


def test_ranks_the_kept_first_and_the_earliest_eliminated_last():
    selector = fit_rfe(*make_xor(), 2)
    np.testing.assert_array_equal(selector.ranking_ == 1, selector.support_)
    # Eight features, a quarter a time: 8, 6, 4, 2.
    np.testing.assert_array_equal(np.bincount(selector.ranking_)[1:], [2, 2, 2, 2])


def test_the_same_seed_selects_the_same():
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(60, 20)), rng.integers(2, size=60)
    first, second = (fit_rfe(X, y, 0.5, seed=3).ranking_ for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_many_rows_are_sampled_and_tell_the_same():
    X, y = make_xor(n_samples=2500)
    np.testing.assert_array_equal(fit_rfe(X, y, 2).get_support(indices=True), [1, 5])


def test_keeping_all_ranks_all_first():
    X, y = make_xor(n_samples=20)
    selector = fit_rfe(X, y, 1.0)
    assert selector.support_.all()
    np.testing.assert_array_equal(selector.ranking_, np.ones(8))


def test_a_single_feature_is_kept():
    X, y = make_xor(n_samples=20)
    np.testing.assert_array_equal(fit_rfe(X[:, :1], y, 0.5).support_, [True])


def test_constant_features_go_first():
    X, y = make_xor()
    X[:, [0, 7]] = 3
    np.testing.assert_array_equal(
        np.flatnonzero(fit_rfe(X, y, 2).ranking_ == 4), [0, 7]
    )


def test_one_class_selects_as_many():
    X, _ = make_xor(n_samples=20)
    assert fit_rfe(X, np.zeros(20), 3).support_.sum() == 3


@pytest.mark.parametrize("routes", [False, True])
def test_weights_reach_the_trees(routes):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 4)).astype(np.float32)
    counts = np.arange(200) < 100
    y = np.where(counts, X[:, 1] > 0, X[:, 3] > 0)  # each half has its own rule
    with config_context(enable_metadata_routing=routes):
        first = fit_rfe(X, y, 1, weights=np.where(counts, 1.0, 1e-3))
        second = fit_rfe(X, y, 1, weights=np.where(counts, 1e-3, 1.0))
    assert first.support_[1]
    assert second.support_[3]


def test_rows_of_no_weight_do_not_exist():
    X, y = make_xor()
    weights = np.ones(len(X))
    weights[::3] = 0
    there = weights > 0
    np.testing.assert_array_equal(
        fit_rfe(X, y, 2, weights=weights).ranking_,
        fit_rfe(X[there], y[there], 2, weights=weights[there]).ranking_,
    )
