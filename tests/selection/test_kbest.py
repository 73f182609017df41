"""Scores of "kbest" against scikit-learn's, or against a formula written out anew."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_diabetes, load_iris
from sklearn.feature_selection import (
    chi2,
    f_classif,
    f_regression,
    mutual_info_classif,
    mutual_info_regression,
)
from sklearn.metrics import mutual_info_score
from sklearn.preprocessing import minmax_scale

from skautogen.selection import FeatureSelector


@pytest.fixture
def iris():
    X, y = load_iris(return_X_y=True)
    return X.astype(np.float32), y


@pytest.fixture
def diabetes():
    X, y = load_diabetes(return_X_y=True)
    return X.astype(np.float32), y


def fit_kbest(X, y, score_func="f_test", task="classification", weights=None, keep=2):
    selector = FeatureSelector(
        "kbest", n_features=keep, score_func=score_func, task=task, random_state=0
    )
    return selector.fit(X, y, sample_weight=weights)


def test_f_test_of_classes_equals_scikit_learn(iris):
    X, y = iris
    expected, _ = f_classif(X.astype(np.float64), y)
    np.testing.assert_allclose(fit_kbest(X, y).scores_, expected, rtol=1e-9)


def test_f_test_of_numbers_equals_scikit_learn(diabetes):
    X, y = diabetes
    expected, _ = f_regression(X.astype(np.float64), y)
    found = fit_kbest(X, y, task="regression").scores_
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_chi2_equals_scikit_learn_on_features_scaled_to_one(iris):
    X, y = iris
    X = X - 5  # negative values, which scikit-learn's own refuses
    expected, _ = chi2(minmax_scale(X.astype(np.float64)), y)
    np.testing.assert_allclose(fit_kbest(X, y, "chi2").scores_, expected, rtol=1e-9)


def test_mutual_information_of_classes_equals_scikit_learn(iris):
    X, y = iris
    expected = mutual_info_classif(X.astype(np.float64), y, random_state=0)
    np.testing.assert_allclose(fit_kbest(X, y, "mutual_info").scores_, expected)


def test_mutual_information_of_numbers_equals_scikit_learn():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 3)).astype(np.float32)
    y = X[:, 0] ** 2 + 0.1 * rng.normal(size=80)
    expected = mutual_info_regression(X.astype(np.float64), y, random_state=0)
    found = fit_kbest(X, y, "mutual_info", "regression")
    np.testing.assert_allclose(found.scores_, expected)
    assert found.support_[0]


def test_mutual_information_counts_a_few_distinct_values_as_categories():
    rng = np.random.default_rng(0)
    colours = rng.integers(3, size=120)
    y = (colours == 1).astype(int)
    X = np.column_stack([colours * 0.7 - 1, rng.normal(size=120)]).astype(np.float32)
    found = fit_kbest(X, y, "mutual_info", keep=1)
    assert found.scores_[0] == pytest.approx(mutual_info_score(colours, y))


@pytest.mark.parametrize("score_func", ["f_test", "chi2"])
def test_whole_weights_select_as_repeated_rows(iris, score_func):
    X, y = iris
    weights = np.random.default_rng(0).integers(0, 4, size=len(X))
    weighted = fit_kbest(X, y, score_func, weights=weights).scores_
    repeated = fit_kbest(
        np.repeat(X, weights, axis=0), np.repeat(y, weights), score_func
    ).scores_
    # The F of scikit-learn's form also counts the rows, the same for all features.
    np.testing.assert_allclose(
        weighted / weighted.sum(), repeated / repeated.sum(), rtol=1e-9
    )


def test_whole_weights_select_as_repeated_rows_for_numbers(diabetes):
    X, y = diabetes
    weights = np.random.default_rng(0).integers(0, 4, size=len(X))
    weighted = fit_kbest(X, y, task="regression", weights=weights).scores_
    repeated = fit_kbest(
        np.repeat(X, weights, axis=0), np.repeat(y, weights), task="regression"
    ).scores_
    np.testing.assert_allclose(
        weighted / weighted.sum(), repeated / repeated.sum(), rtol=1e-9
    )


@pytest.mark.parametrize("score_func", ["f_test", "chi2", "mutual_info"])
def test_rows_of_no_weight_do_not_exist(iris, score_func):
    X, y = iris
    weights = np.random.default_rng(0).integers(0, 2, size=len(X)).astype(float)
    weights[y == 2] = 0  # one class goes as a whole
    there = weights > 0
    weighted = fit_kbest(X, y, score_func, weights=weights)
    without = fit_kbest(X[there], y[there], score_func)
    np.testing.assert_allclose(weighted.scores_, without.scores_)


def test_the_scale_of_the_weights_does_not_matter(iris):
    X, y = iris
    tiny = np.full(len(X), 1e-6)
    np.testing.assert_allclose(
        fit_kbest(X, y, weights=tiny).scores_, fit_kbest(X, y).scores_
    )


@pytest.mark.parametrize("score_func", ["f_test", "chi2", "mutual_info"])
def test_a_constant_feature_scores_nan_and_comes_last(iris, score_func):
    X, y = iris
    X = np.column_stack([np.full(len(X), 0.1), X]).astype(np.float32)
    selector = fit_kbest(X, y, score_func, keep=4)
    assert np.isnan(selector.scores_[0])
    np.testing.assert_array_equal(selector.support_, [False, True, True, True, True])


@pytest.mark.parametrize("task", ["classification", "regression"])
@pytest.mark.parametrize("constant", ["features", "target", "both"])
def test_nothing_that_varies_still_selects_as_many(task, constant):
    X = np.arange(12, dtype=np.float32).reshape(6, 2) ** 2
    y = np.array([0, 1, 0, 1, 1, 0])
    X = np.zeros_like(X) if constant in ("features", "both") else X
    y = np.zeros_like(y) if constant in ("target", "both") else y
    assert fit_kbest(X, y, task=task, keep=1).support_.sum() == 1


def test_a_feature_that_tells_the_classes_exactly_scores_best(iris):
    X, y = iris
    X = np.column_stack([y, X]).astype(np.float32)
    selector = fit_kbest(X, y, keep=1)
    assert selector.support_[0]


def test_of_equal_features_the_later_is_kept(iris):
    X, y = iris
    X = np.column_stack([X[:, 2], X[:, 2], X[:, 2]])
    np.testing.assert_array_equal(fit_kbest(X, y, keep=2).support_, [False, True, True])


def test_f_of_several_outputs_is_of_the_mean_share_explained(diabetes):
    X, y = diabetes
    Y = np.column_stack([y, np.random.default_rng(0).normal(size=len(y))])
    shares = [
        np.mean([np.corrcoef(column, output)[0, 1] ** 2 for output in Y.T])
        for column in X.astype(np.float64).T
    ]
    expected = [share / (1 - share) * (len(X) - 2) for share in shares]
    found = fit_kbest(X, Y, task="regression").scores_
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_a_feature_of_one_output_beats_the_luckiest_noise():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 300)).astype(np.float32)
    Y = np.column_stack([X[:, 7], rng.normal(size=200)])
    ranks = [f_regression(X, output)[0].argsort().argsort() for output in Y.T]
    assert np.mean(ranks, axis=0).argmax() != 7  # what averaged ranks would do
    selected = fit_kbest(X, Y, task="regression", keep=1).get_support(indices=True)
    np.testing.assert_array_equal(selected, [7])


def test_an_output_that_does_not_vary_is_left_out(diabetes):
    X, y = diabetes
    Y = np.column_stack([y, np.ones_like(y)])
    np.testing.assert_allclose(
        fit_kbest(X, Y, task="regression").scores_,
        fit_kbest(X, y, task="regression").scores_,
    )


def test_chi2_of_numbers_is_refused(diabetes):
    with pytest.raises(ValueError, match=r"chi2' needs classes.*Use score_func"):
        fit_kbest(*diabetes, "chi2", "regression")
