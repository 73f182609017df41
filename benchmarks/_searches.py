"""What users do by hand today: a random search of networks, behind a preparation.

The search goes on as long as the time does, in rounds of ever more candidates.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import joblib
import numpy as np
import pandas as pd
from _problem import (
    N_THREADS,
    Model,
    Problem,
    categorical_columns,
    numeric_columns,
)
from scipy.stats import loguniform
from sklearn.base import clone
from sklearn.compose import TransformedTargetRegressor, make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import RandomizedSearchCV
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

N_FOLDS = 3

# Shared by the searches of MLPClassifier and of SciKeras.
HIDDEN_LAYER_SIZES = [
    (64,),
    (128,),
    (256,),
    (64, 64),
    (128, 128),
    (256, 256),
    (256, 128, 64),
]
LEARNING_RATES = loguniform(3e-4, 1e-2)
BATCH_SIZES = [32, 64, 128, 256]


def mlp(problem: Problem) -> Model:
    """Search over scikit-learn's own networks."""
    Network = MLPClassifier if problem.is_classification else MLPRegressor
    space = {
        "hidden_layer_sizes": HIDDEN_LAYER_SIZES,
        "alpha": loguniform(1e-6, 1e-1),
        "learning_rate_init": LEARNING_RATES,
        "batch_size": BATCH_SIZES,
        "early_stopping": [False, True],
    }
    network = Network(random_state=problem.seed)
    # Networks of this size use one core each.
    return Model(TimedSearch(network, space, problem, n_jobs=N_THREADS))


def scikeras(problem: Problem) -> Model:
    """Search over Keras' networks through SciKeras."""
    from _scikeras import make_network

    space = {
        "model__hidden_layer_sizes": HIDDEN_LAYER_SIZES,
        "model__dropout": [0.0, 0.1, 0.3],
        "model__learning_rate": LEARNING_RATES,
        "batch_size": BATCH_SIZES,
    }
    # TensorFlow has threads of its own.
    return Model(TimedSearch(make_network(problem), space, problem, n_jobs=1))


class TimedSearch:
    """A random search that is given time, and not a number of candidates.

    Parameters
    ----------
    network : estimator
        Of numbers without gaps.
    space : mapping
        What is searched over, by the names of the network's parameters.
    problem : Problem
    n_jobs : int
        Trainings at a time.
    """

    def __init__(
        self, network: Any, space: Mapping[str, Any], problem: Problem, n_jobs: int
    ) -> None:
        self.problem = problem
        self.n_jobs = n_jobs
        estimator: Any = Pipeline([("prepare", preparation()), ("network", network)])
        prefix = "network__"
        if not problem.is_classification:
            estimator = TransformedTargetRegressor(
                estimator, transformer=StandardScaler()
            )
            prefix = "regressor__network__"
        self.estimator = estimator
        self.space = {prefix + name: values for name, values in space.items()}

    def fit(self, X: pd.DataFrame, y: np.ndarray) -> TimedSearch:
        """Search round after round, then train the best of all on all rows."""
        end = time.perf_counter() + self.problem.seconds
        seeds = np.random.default_rng(self.problem.seed)
        best_score = -np.inf
        n_iter = self.n_jobs
        while n_iter:
            start = time.perf_counter()
            search = self._round(X, y, n_iter, seed=int(seeds.integers(2**31)))
            now = time.perf_counter()
            if search.best_score_ > best_score:
                best_score = search.best_score_
                best_params = search.best_params_
                fold = search.cv_results_["mean_fit_time"][search.best_index_]
                refit = fold * N_FOLDS / (N_FOLDS - 1)
            # Half of what is left: the next candidates may be slower than these.
            affordable = (end - now - refit) / 2 / ((now - start) / n_iter)
            n_iter = max(0, min(2 * n_iter, int(affordable)))
        # As inside the search: a second BLAS thread costs small networks more than it
        # brings.
        with threadpool_limits(1 if self.n_jobs > 1 else None):
            self.estimator_ = clone(self.estimator).set_params(**best_params).fit(X, y)
        return self

    def predict(self, X: pd.DataFrame) -> np.ndarray:
        """Predict with the best."""
        return self.estimator_.predict(X)

    def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
        """Predict probabilities with the best."""
        return self.estimator_.predict_proba(X)

    def _round(
        self, X: pd.DataFrame, y: np.ndarray, n_iter: int, seed: int
    ) -> RandomizedSearchCV:
        search = RandomizedSearchCV(
            self.estimator,
            self.space,
            n_iter=n_iter,
            scoring=self.problem.scoring,
            cv=N_FOLDS,
            n_jobs=self.n_jobs,
            refit=False,
            random_state=seed,
        )
        inner_threads = {} if self.n_jobs == 1 else {"inner_max_num_threads": 1}
        with joblib.parallel_config("loky", **inner_threads):
            return search.fit(X, y)


def preparation() -> Any:
    """Impute and standardise numbers, one-hot encode what is none."""
    return make_column_transformer(
        (
            make_pipeline(SimpleImputer(strategy="median"), StandardScaler()),
            numeric_columns,
        ),
        (
            OneHotEncoder(handle_unknown="ignore", sparse_output=False),
            categorical_columns,
        ),
    )
