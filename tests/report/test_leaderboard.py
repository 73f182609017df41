"""The leaderboard of scikit-learn's own searches."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import loguniform
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.datasets import make_regression
from sklearn.exceptions import FitFailedWarning
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.linear_model import Ridge
from sklearn.model_selection import (
    GridSearchCV,
    HalvingGridSearchCV,
    KFold,
    RandomizedSearchCV,
)
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVR

from skautogen.report import leaderboard

X, y = make_regression(60, 4, noise=20.0, random_state=0)


class Fragile(RegressorMixin, BaseEstimator):
    """Predicts a constant, and fails where `fails` says so."""

    def __init__(self, value=0.0, fails="never", rank=1):
        self.value = value
        self.fails = fails
        self.rank = rank

    def fit(self, X, y):
        # Row 0 is in the training rows of every fold but the first of a plain KFold.
        fails_here = {
            "never": False,
            "without row 0": not (X == FIRST_ROW).all(axis=1).any(),
            "always": True,
        }
        if fails_here[self.fails]:
            raise ValueError("made to fail")
        return self

    def predict(self, X):
        return np.full(len(X), self.value)


FIRST_ROW = X[0]


@pytest.fixture
def fragile_search():
    grid = {"fails": ["always", "never", "without row 0"], "value": [9e3, 0.0]}
    search = GridSearchCV(Fragile(), grid, cv=KFold(3), refit=False)
    with pytest.warns((FitFailedWarning, UserWarning), match=r"fits failed|non-finite"):
        return search.fit(X, y)


def test_rows_are_the_candidates_best_first():
    search = GridSearchCV(Ridge(), {"alpha": [1e4, 1e-2, 1e2]}, cv=3).fit(X, y)
    table = leaderboard(search.cv_results_)
    assert table.index.name == "candidate"
    assert table.index.tolist() == [1, 2, 0]
    assert table["alpha"].tolist() == [1e-2, 1e2, 1e4]
    assert table["rank"].tolist() == [1, 2, 3]
    assert table.index[0] == search.best_index_
    folds = np.array([search.cv_results_[f"split{i}_test_score"] for i in range(3)])
    np.testing.assert_allclose(table["score"], folds.mean(axis=0)[[1, 2, 0]])
    np.testing.assert_allclose(table["score_std"], folds.std(axis=0)[[1, 2, 0]])


def test_columns_have_their_order_and_types():
    grid = {"alpha": [1, 10], "solver": ["svd", "lsqr"], "fit_intercept": [True]}
    table = leaderboard(GridSearchCV(Ridge(), grid, cv=2).fit(X, y).cv_results_)
    assert table.columns.tolist() == [
        *("rank", "score", "score_std"),
        *("alpha", "fit_intercept", "solver"),
        *("fit_seconds", "predict_seconds", "failed_folds"),
    ]
    kinds = {name: table[name].dtype.kind for name in table.columns}
    assert {kinds[name] for name in ("score", "score_std", "fit_seconds")} == {"f"}
    assert {kinds[name] for name in ("rank", "failed_folds", "alpha")} == {"i"}
    assert kinds["fit_intercept"] == "b"
    assert sorted(table["solver"]) == ["lsqr", "lsqr", "svd", "svd"]
    assert (table["fit_seconds"] > 0).all()
    assert (table["failed_folds"] == 0).all()


def test_equal_scores_share_a_rank_and_keep_their_order():
    search = GridSearchCV(Ridge(), {"alpha": [5.0, 1.0, 1.0]}, cv=3).fit(X, y)
    table = leaderboard(search.cv_results_)
    assert table.index.tolist() == [1, 2, 0]
    assert table["rank"].tolist() == [1, 1, 3]


def test_shares_in_an_ensemble_stand_with_their_candidates():
    search = GridSearchCV(Ridge(), {"alpha": [1e4, 1e-2, 1e2]}, cv=2).fit(X, y)
    table = leaderboard(search.cv_results_, ensemble_weights={1: 0.75, 0: 0.25})
    assert table["ensemble_weight"].to_dict() == {1: 0.75, 2: 0.0, 0: 0.25}


def test_hyperparameters_that_a_candidate_lacks_are_missing():
    grid = [{"kernel": ["linear"], "C": [1, 2]}, {"gamma": ["scale", 0.1]}]
    search = GridSearchCV(SVR(), grid, cv=2)
    table = leaderboard(search.fit(X, y).cv_results_).sort_index()
    assert table["C"].tolist()[:2] == [1, 2]
    assert table["C"].isna().tolist() == [False, False, True, True]
    assert table["C"].dtype.kind == "f"
    assert table["kernel"].isna().tolist() == [False, False, True, True]
    assert table["gamma"].isna().tolist() == [True, True, False, False]
    assert table["gamma"].tolist()[2:] == ["scale", 0.1]


def test_values_of_any_type_are_kept_as_they_are():
    values = [(64, 32), None, Ridge()]
    search = GridSearchCV(Fragile(), {"rank": values}, cv=2)
    table = leaderboard(search.fit(X, y).cv_results_).sort_index()
    assert table["param_rank"].tolist() == values


def test_failed_candidates_come_last_with_their_failed_folds(fragile_search):
    table = leaderboard(fragile_search.cv_results_)
    assert table["fails"].tolist()[:2] == ["never", "never"]
    assert table["value"].tolist()[:2] == [0.0, 9e3]
    assert table["score"].isna().tolist() == [False, False, True, True, True, True]
    assert table["rank"].tolist() == [1, 2, 3, 3, 3, 3]
    failed = table.groupby("fails")["failed_folds"].first()
    assert failed.to_dict() == {"always": 3, "never": 0, "without row 0": 1}


def test_a_search_without_any_score_still_has_its_table():
    cv_results = {
        "mean_fit_time": np.array([0.1, 0.2]),
        "mean_score_time": np.array([0.1, 0.2]),
        "param_alpha": np.ma.masked_array([1, 2]),
        "split0_test_score": np.full(2, np.nan),
        "mean_test_score": np.full(2, np.nan),
        "std_test_score": np.full(2, np.nan),
        "rank_test_score": np.array([1, 1], dtype=np.int32),
    }
    table = leaderboard(cv_results)
    assert table.index.tolist() == [0, 1]
    assert table["failed_folds"].tolist() == [1, 1]


def test_candidates_cut_short_are_marked_where_there_are_some():
    search = GridSearchCV(Ridge(), {"alpha": [1e4, 1e-2]}, cv=2).fit(X, y)
    results = {**search.cv_results_, "cut_short": np.array([False, True])}
    table = leaderboard(results)
    assert table.columns[-1] == "cut_short"
    assert table["cut_short"].to_dict() == {0: False, 1: True}
    assert "cut_short" not in leaderboard(search.cv_results_)


def test_several_metrics_rank_by_the_one_asked_for():
    scoring = {"r2": "r2", "mae": "neg_mean_absolute_error"}
    grid = {"alpha": loguniform(1e-3, 1e4)}
    search = RandomizedSearchCV(
        Ridge(), grid, n_iter=6, cv=3, scoring=scoring, refit="mae", random_state=0
    ).fit(X, y)
    results = search.cv_results_
    for metric, other in (("mae", "r2"), ("r2", "mae")):
        table = leaderboard(results, refit_metric=metric)
        assert table.columns.tolist() == [
            *("rank", "score", "score_std", other, "alpha"),
            *("fit_seconds", "predict_seconds", "failed_folds"),
        ]
        order = np.argsort(-results[f"mean_test_{metric}"])
        assert table.index.tolist() == order.tolist()
        np.testing.assert_array_equal(
            table[other], results[f"mean_test_{other}"][order]
        )


def test_train_scores_are_left_out():
    search = GridSearchCV(Ridge(), {"alpha": [1]}, cv=2, return_train_score=True)
    table = leaderboard(search.fit(X, y).cv_results_)
    assert not [name for name in table.columns if "train" in name]


def test_rank_1_of_a_halving_search_is_the_candidate_it_picked():
    # Five rows say little, so the best score of all rounds is not the winner's.
    search = HalvingGridSearchCV(
        Ridge(),
        {"alpha": np.geomspace(1e-3, 1e3, 9)},
        cv=KFold(2),
        min_resources=6,
        random_state=0,
    ).fit(X, y)
    results = search.cv_results_
    assert np.argmin(results["rank_test_score"]) != search.best_index_
    table = leaderboard(results)
    assert len(table) == len(results["params"])
    assert table.columns.tolist()[-5:] == [
        *("iter", "n_resources", "fit_seconds", "predict_seconds", "failed_folds"),
    ]
    assert table.index[0] == search.best_index_
    assert table["rank"].iloc[0] == 1
    assert table["rank"].is_monotonic_increasing
    assert table["iter"].is_monotonic_decreasing
    for _, one_round in table.groupby("iter"):
        assert one_round["score"].is_monotonic_decreasing


def test_a_hyperparameter_named_like_a_column_keeps_its_prefix():
    search = GridSearchCV(Fragile(), {"rank": [4, 8]}, cv=2).fit(X, y)
    table = leaderboard(search.cv_results_)
    assert table["rank"].tolist() == [1, 1]
    assert table["param_rank"].tolist() == [4, 8]


def test_nested_names_keep_their_path():
    search = GridSearchCV(make_pipeline(Ridge()), {"ridge__alpha": [1.0]}, cv=2)
    assert "ridge__alpha" in leaderboard(search.fit(X, y).cv_results_)


def test_unknown_metric_is_refused_with_those_there_are():
    search = GridSearchCV(Ridge(), {"alpha": [1]}, cv=2).fit(X, y)
    with pytest.raises(ValueError, match=r"refit_metric='r2' .* accepted are \['sco"):
        leaderboard(search.cv_results_, refit_metric="r2")
