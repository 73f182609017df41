"""Libraries that are compared with ours, one function each.

Each gets the data as its users would give them to it, and is told what is scored
where it has a parameter for that. What it needs is imported on its call.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
from _problem import (
    N_THREADS,
    Model,
    Problem,
    categorical_columns,
    numeric_columns,
)
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer


def hgb(problem: Problem) -> Model:
    """Gradient boosting of scikit-learn, with its defaults."""
    Booster = (
        HistGradientBoostingClassifier
        if problem.is_classification
        else HistGradientBoostingRegressor
    )
    booster = Booster(categorical_features="from_dtype", random_state=problem.seed)
    return Model(make_pipeline(AsCategories(), booster))


def catboost(problem: Problem) -> Model:
    """CatBoost, with its defaults."""
    library: Any = import_module("catboost")
    Booster = (
        library.CatBoostClassifier
        if problem.is_classification
        else library.CatBoostRegressor
    )
    return Model(CatBoost(Booster, problem))


def realmlp(problem: Problem) -> Model:
    """RealMLP with its tuned defaults; it has a time limit."""
    library: Any = import_module("pytabkit")
    # What its authors recommend where AUC is scored.
    settings = {"val_metric_name": "cross_entropy", "use_ls": False}
    return _pytabkit(
        library.RealMLP_TD_Classifier
        if problem.is_classification
        else library.RealMLP_TD_Regressor,
        problem,
        settings if problem.task == "binary" else {},
        time_to_fit_in_seconds=int(problem.seconds),
    )


def tabm(problem: Problem) -> Model:
    """TabM with its defaults; as it has no time limit, with as many epochs as fit."""
    library: Any = import_module("pytabkit")
    model = _pytabkit(
        library.TabM_D_Classifier
        if problem.is_classification
        else library.TabM_D_Regressor,
        problem,
        {"val_metric_name": "cross_entropy"} if problem.task == "binary" else {},
    )
    return Model(TimedEpochs(model.estimator, problem.seconds))


def autogluon(problem: Problem) -> Model:
    """Everything that AutoGluon has at its medium quality."""
    return Model(AutoGluon(problem, presets="medium_quality"))


def autogluon_nn(problem: Problem) -> Model:
    """AutoGluon's own network alone."""
    return Model(AutoGluon(problem, hyperparameters={"NN_TORCH": {}}))


def flaml(problem: Problem) -> Model:
    """FLAML's search over boosted trees, forests and linear models."""
    library: Any = import_module("flaml")
    metrics = {"binary": "roc_auc", "multiclass": "accuracy", "regression": "rmse"}
    return Model(
        library.AutoML(),
        {
            "task": "classification" if problem.is_classification else "regression",
            "metric": metrics[problem.task],
            "time_budget": problem.seconds,
            "n_jobs": N_THREADS,
            "seed": problem.seed,
            "verbose": 0,
        },
    )


class AsCategories(TransformerMixin, BaseEstimator):
    """Give strings pandas' dtype of categories, those of the training rows."""

    def fit(self, X: pd.DataFrame, y: Any = None) -> AsCategories:
        """Look which categories there are."""
        self.dtypes_ = {
            name: pd.CategoricalDtype(sorted(X[name].dropna().unique()))
            for name in categorical_columns(X)
        }
        return self

    def transform(self, X: pd.DataFrame) -> pd.DataFrame:
        """Change the dtypes; categories that were not there become missing."""
        known = {
            name: X[name].where(X[name].isin(dtype.categories)).astype(dtype)
            for name, dtype in self.dtypes_.items()
        }
        return X.assign(**known)


class CatBoost:
    """CatBoost, told which columns are categories and given no missing ones."""

    def __init__(self, booster: Any, problem: Problem) -> None:
        self.booster = booster(
            random_seed=problem.seed,
            thread_count=N_THREADS,
            verbose=False,
            allow_writing_files=False,
        )

    def fit(self, X: pd.DataFrame, y: np.ndarray) -> CatBoost:
        """Train."""
        names = categorical_columns(X)
        self.booster.fit(_with_missing_named(X), y, cat_features=names)
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Predict."""
        return np.ravel(self.booster.predict(_with_missing_named(X)))

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Predict probabilities."""
        return self.booster.predict_proba(_with_missing_named(X))


class TimedEpochs:
    """A network of pytabkit whose epochs are measured, and then limited.

    Early stopping ends it before that where it can, and the best epoch is kept.
    """

    def __init__(self, estimator: Pipeline, seconds: float) -> None:
        self.estimator = estimator
        self.seconds = seconds

    def fit(self, X: pd.DataFrame, y: np.ndarray) -> TimedEpochs:
        """Train for one epoch, and then for as many as there is time for."""
        start = time.perf_counter()
        epoch = self._train(X, y, n_epochs=1)
        if epoch < self.seconds / 10:  # the first of a process is slower
            epoch = self._train(X, y, n_epochs=1)
        left = self.seconds - (time.perf_counter() - start)
        if left > 2 * epoch:
            self._train(X, y, n_epochs=int(left / epoch))
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Predict."""
        return self.estimator.predict(X)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Predict probabilities."""
        return self.estimator.predict_proba(X)

    def _train(self, X: pd.DataFrame, y: np.ndarray, n_epochs: int) -> float:
        start = time.perf_counter()
        self.estimator.set_params(network__n_epochs=n_epochs).fit(X, y)
        return time.perf_counter() - start


class AutoGluon:
    """AutoGluon behind ``fit`` and ``predict``; it writes into the current folder."""

    def __init__(self, problem: Problem, **settings: Any) -> None:
        self.library: Any = import_module("autogluon.tabular")
        self.problem = problem
        self.settings = settings

    def fit(self, X: pd.DataFrame, y: np.ndarray) -> AutoGluon:
        """Train, and keep in memory what was trained."""
        metrics = {"neg_root_mean_squared_error": "root_mean_squared_error"}
        scoring = self.problem.scoring
        self.predictor_ = self.library.TabularPredictor(
            label="target",
            problem_type=self.problem.task,
            eval_metric=metrics.get(scoring, scoring),
            path="autogluon",
            verbosity=0,
        ).fit(
            X.assign(target=y),
            time_limit=self.problem.seconds,
            num_cpus=N_THREADS,
            num_gpus=0,
            **self.settings,
        )
        self.predictor_.persist()
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Predict."""
        return self.predictor_.predict(X).to_numpy()

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Predict probabilities."""
        return self.predictor_.predict_proba(X).to_numpy()


def _pytabkit(
    network: Any, problem: Problem, settings: dict[str, Any], **fit_params: Any
) -> Model:
    """Give a network of pytabkit numbers without gaps; it has no use for NaN."""
    estimator = network(
        random_state=problem.seed, n_threads=N_THREADS, device="cpu", **settings
    )
    preparation = make_column_transformer(
        (SimpleImputer(strategy="median"), numeric_columns),
        (FunctionTransformer(_with_missing_named), categorical_columns),
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")
    return Model(
        Pipeline([("prepare", preparation), ("network", estimator)]),
        {f"network__{name}": value for name, value in fit_params.items()},
    )


def _with_missing_named(X: pd.DataFrame) -> pd.DataFrame:
    return X.fillna(dict.fromkeys(categorical_columns(X), "missing"))
