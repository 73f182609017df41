"""What every method of the FeatureSelector has in common, and transformers in it."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA
from sklearn.exceptions import NotFittedError
from sklearn.feature_selection import SelectFromModel, SelectKBest, VarianceThreshold
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.estimator_checks import estimator_checks_generator

from skautogen.selection import METHODS, FeatureSelector

CHECKS = [
    (f"{method}-{task}-{check.func.__name__}", estimator, check)
    for method in (None, *METHODS)
    for task in ("classification", "regression")
    for estimator, check in estimator_checks_generator(
        FeatureSelector(method, task=task, n_features=1, random_state=0)
    )
]


# Not scikit-learn's parametrize_with_checks: that of 1.6 warns under pytest 9.
@pytest.mark.parametrize(
    ("estimator", "check"),
    [case[1:] for case in CHECKS],
    ids=[case[0] for case in CHECKS],
)
def test_is_a_scikit_learn_transformer(estimator, check, monkeypatch):
    is_of_weights = "sample_weight_equivalence" in check.func.__name__
    if estimator.method == "rfe" and is_of_weights:
        pytest.skip("trees count rows, not weights, to say how small a leaf may be")
    # Some hundred fits, in which it does not matter how well the trees rank.
    monkeypatch.setattr("skautogen.selection._rfe.N_TREES", 5)
    check(estimator)


@pytest.fixture
def iris():
    X, y = load_iris(return_X_y=True)
    return X.astype(np.float32), y


def test_no_method_keeps_everything(iris):
    X, y = iris
    selector = FeatureSelector().fit(X, y)
    assert selector.support_.all()
    np.testing.assert_array_equal(selector.transform(X), X)


@pytest.mark.parametrize("method", [None, *METHODS, PCA(2), SelectKBest(k=2)])
def test_output_is_float32(iris, method):
    X, y = iris
    selector = FeatureSelector(method, random_state=0).fit(X, y)
    assert selector.transform(X).dtype == np.float32
    assert selector.transform(X.astype(np.float64)).dtype == np.float32


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.full((2, 4), np.nan), "Input X contains NaN"),
        (np.full((2, 4), np.inf), "Input X contains infinity"),
        (np.zeros((2, 3)), "X has 3 features, but FeatureSelector is expecting 4"),
        (np.zeros((0, 4)), r"Found array with 0 sample\(s\)"),
        (np.zeros(4), "Expected 2D array, got 1D array"),
    ],
)
def test_rows_that_cannot_be_are_refused(iris, X, message, dtype):
    selector = FeatureSelector().fit(*iris)
    with pytest.raises(ValueError, match=message):
        selector.transform(X.astype(dtype))


def test_rows_without_the_names_of_fit_are_warned_of(iris):
    X, y = iris
    selector = FeatureSelector().fit(pd.DataFrame(X, columns=list("abcd")), y)
    with pytest.warns(UserWarning, match="X does not have valid feature names"):
        selector.transform(X)


@pytest.mark.parametrize("method", METHODS)
def test_output_is_the_features_of_the_support(iris, method):
    X, y = iris
    selector = FeatureSelector(method, n_features=2, random_state=0).fit(X, y)
    # The petals tell the species.
    np.testing.assert_array_equal(selector.support_, [False, False, True, True])
    np.testing.assert_array_equal(selector.transform(X), X[:, 2:])
    np.testing.assert_array_equal(selector.get_support(indices=True), [2, 3])


@pytest.mark.parametrize(
    ("n_features", "n_kept"),
    [
        (1, 1),
        (3, 3),
        (4, 4),
        (99, 4),
        (np.int64(2), 2),
        (1.0, 4),
        (0.75, 3),
        (0.7, 3),
        (0.5, 2),
        (0.01, 1),
        (np.float32(0.5), 2),
    ],
)
@pytest.mark.parametrize("method", METHODS)
def test_keeps_as_many_as_asked(iris, method, n_features, n_kept):
    selector = FeatureSelector(method, n_features=n_features, random_state=0)
    assert selector.fit(*iris).support_.sum() == n_kept


@pytest.mark.parametrize("n_features", [0, -1, 0.0, 1.5, -0.5, np.nan, np.inf])
def test_n_features_out_of_range_is_refused(iris, n_features):
    with pytest.raises(ValueError, match=r"n_features must be an int.*got"):
        FeatureSelector("kbest", n_features=n_features).fit(*iris)


@pytest.mark.parametrize("n_features", ["half", None, True, [2]])
def test_n_features_of_a_wrong_type_is_refused(iris, n_features):
    with pytest.raises(TypeError, match=r"n_features must be an int.*of type"):
        FeatureSelector("kbest", n_features=n_features).fit(*iris)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"method": "kbset"}, r"method.*'kbset'.*'kbest', 'rfe'.*mean 'kbest'\?"),
        ({"score_func": "f_tset"}, r"score_func.*'f_tset'.*mean 'f_test'\?"),
        ({"score_func": ["chi2"]}, r"score_func.*\['chi2'\].*Accepted"),
        ({"task": "clasification"}, r"task.*mean 'classification'\?"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(iris, parameters, message):
    with pytest.raises(ValueError, match=message):
        FeatureSelector(**parameters).fit(*iris)


@pytest.mark.parametrize("method", [PCA, 3, GaussianNB()])
def test_a_method_that_transforms_nothing_is_refused(iris, method):
    with pytest.raises(TypeError, match=r"method must be None, one of.*not a class"):
        FeatureSelector(method).fit(*iris)


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["setosa", "versicolor", "virginica"]),
        np.array(["a", "b", "c"], dtype=object),
        np.array([-7, 0, 40]),
        np.array([1.0, 2.0, 3.0]),
        np.array([[0], [1], [2]]),
    ],
    ids=["str", "object", "int", "float", "column"],
)
@pytest.mark.parametrize("method", METHODS)
def test_labels_are_of_any_type(iris, method, labels):
    X, y = iris
    selector = FeatureSelector(method, n_features=2, random_state=0)
    expected = clone(selector).fit(X, y).support_
    np.testing.assert_array_equal(selector.fit(X, labels[y]).support_, expected)


@pytest.mark.parametrize("dtype", ["category", "str", "bool"])
def test_labels_are_of_any_type_of_series(iris, dtype):
    X, y = iris
    labels = pd.Series(y == 2).astype(dtype)
    expected = FeatureSelector("kbest").fit(X, y == 2).scores_
    found = FeatureSelector("kbest").fit(X, labels).scores_
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("method", METHODS)
def test_a_target_is_needed(iris, method):
    with pytest.raises(ValueError, match="requires y to be passed, but the target y"):
        FeatureSelector(method).fit(iris[0])


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (np.linspace(0, 1, 150), r"not whole\. Pass task='regression'"),
        (np.zeros((150, 2)), r"one column of classes; got y of shape \(150, 2\)"),
        (np.zeros(149), "inconsistent numbers of samples"),
        (np.full(150, np.nan), "y contains NaN"),
    ],
)
def test_a_target_that_is_no_classes_is_refused(iris, y, message):
    with pytest.raises(ValueError, match=message):
        FeatureSelector("kbest").fit(iris[0], y)


@pytest.mark.parametrize(
    "weights", [np.full(150, -1.0), np.zeros(150), np.ones((150, 2))]
)
@pytest.mark.parametrize("method", [None, *METHODS])
def test_weights_that_cannot_be_are_refused(iris, method, weights):
    with pytest.raises(ValueError, match="sample_weight must be one number a row"):
        FeatureSelector(method).fit(*iris, sample_weight=weights)


def test_a_fit_forgets_what_another_method_had_learned(iris):
    selector = FeatureSelector("kbest", n_features=2, random_state=0).fit(*iris)
    selector.set_params(method="rfe").fit(*iris)
    assert not hasattr(selector, "scores_")
    selector.set_params(method=PCA(2)).fit(*iris)
    assert not hasattr(selector, "ranking_")
    selector.set_params(method=None).fit(*iris)
    assert not hasattr(selector, "transformer_")


def test_names_follow_the_features(iris):
    X, y = iris
    frame = pd.DataFrame(X, columns=list("abcd"))
    selector = FeatureSelector("kbest", n_features=2).fit(frame, y)
    assert list(selector.get_feature_names_out()) == ["c", "d"]
    unnamed = FeatureSelector("kbest", n_features=2).fit(X, y)
    assert list(unnamed.get_feature_names_out()) == ["x2", "x3"]
    assert list(unnamed.get_feature_names_out(list("efgh"))) == ["g", "h"]


@pytest.mark.parametrize(
    ("method", "columns"), [("kbest", ["c", "d"]), (PCA(2), ["pca0", "pca1"])]
)
def test_gives_a_frame_when_asked(iris, method, columns):
    X, y = iris
    frame = pd.DataFrame(X, columns=list("abcd"))
    selector = FeatureSelector(method, n_features=2).set_output(transform="pandas")
    selected = selector.fit(frame, y).transform(frame)
    assert list(selected.columns) == columns


def test_a_fitted_selector_can_be_pickled_and_holds_no_trees(iris):
    selector = FeatureSelector("rfe", n_features=2, random_state=0).fit(*iris)
    pickled = pickle.dumps(selector)
    np.testing.assert_array_equal(pickle.loads(pickled).support_, selector.support_)
    assert len(pickled) < 2000


def test_transform_before_fit_is_refused(iris):
    for method in (None, PCA(2)):
        with pytest.raises(NotFittedError, match="not fitted yet"):
            FeatureSelector(method).transform(iris[0])


def test_a_search_selects_inside_each_fold(iris):
    pipeline = make_pipeline(StandardScaler(), FeatureSelector("kbest"), GaussianNB())
    space = {
        "featureselector__n_features": [0.5],
        "featureselector__method": list(METHODS),
    }
    pipeline.set_params(featureselector__random_state=0)
    search = GridSearchCV(pipeline, space, cv=2).fit(*iris)
    assert search.best_score_ > 0.9


# --- transformers of scikit-learn's ---------------------------------------------------


def test_a_selector_of_scikit_learn_tells_the_support(iris):
    X, y = iris
    method = SelectKBest(k=2)
    selector = FeatureSelector(method).fit(X, y)
    np.testing.assert_array_equal(selector.support_, [False, False, True, True])
    np.testing.assert_array_equal(selector.transform(X), X[:, 2:])
    assert list(selector.get_feature_names_out()) == ["x2", "x3"]
    assert hasattr(selector.transformer_, "scores_")
    assert not hasattr(method, "scores_")  # it is the clone that was fitted


def test_a_transformer_makes_new_features(iris):
    X, _ = iris
    selector = FeatureSelector(PCA(2)).fit(X)
    expected = PCA(2).fit_transform(X)
    np.testing.assert_allclose(selector.transform(X), expected, atol=1e-5)
    assert selector.support_ is None
    assert list(selector.get_feature_names_out()) == ["pca0", "pca1"]
    with pytest.raises(ValueError, match="makes new features, so there is no support"):
        selector.get_support()


def test_a_transformer_may_give_sparse_features():
    X = np.array([[0.0], [1.0], [2.0]], dtype=np.float32)
    made = FeatureSelector(OneHotEncoder()).fit_transform(X)
    np.testing.assert_array_equal(made, np.eye(3))


def test_a_transformer_that_keeps_nothing_is_refused(iris):
    X, y = iris
    nothing = SelectFromModel(DecisionTreeClassifier(), threshold=np.inf)
    with pytest.raises(ValueError, match="selected none of the 4 features"):
        FeatureSelector(nothing).fit(X, y)


def test_weights_reach_a_transformer_that_takes_them(iris):
    X, y = iris
    weights = np.arange(len(X), dtype=float)
    scaled = FeatureSelector(StandardScaler()).fit(X, y, sample_weight=weights)
    expected = np.average(X, axis=0, weights=weights)
    np.testing.assert_allclose(scaled.transformer_.mean_, expected, rtol=1e-5)
    unweighted = FeatureSelector(VarianceThreshold()).fit(X, y, sample_weight=weights)
    assert unweighted.support_.all()


def test_the_target_reaches_a_transformer_as_it_is(iris):
    class Remembers(TransformerMixin, BaseEstimator):
        def fit(self, X, y):
            self.y_ = y
            return self

        def transform(self, X):
            return X

    y = np.array(["setosa", "versicolor", "virginica"])[iris[1]]
    selector = FeatureSelector(Remembers()).fit(iris[0], y)
    assert selector.transformer_.y_ is y
