"""What ranks features best inside recursive elimination: the figures, by one command.

    python benchmarks/feature_ranking.py                    # what ranks best
    python benchmarks/feature_ranking.py --part settings    # with which settings
    python benchmarks/feature_ranking.py --part long        # and on many rows

Every candidate ranks the features of tables in which it is known which are noise: made
data, and real tables to which a shuffled copy of each of their columns was added. It
ranks them once ("once"), and inside scikit-learn's ``RFE`` ("rfe"), until as many are
left as are no noise. Three tables of numbers are printed, medians over the seeds:

- precision: average precision of telling real features from noise by the ranking;
- score: accuracy or R2, on held-out rows, of a small network on the features kept;
- seconds: to rank and eliminate, on one core.

``--part settings`` and ``--part long`` measure the trees that are shipped against the
same trees with other settings, without the network; means over the seeds.

The real tables are read from ``../shared/data`` or from ``--data``, a folder whose
``load.py`` has ``load(name)`` and ``info(name)``; without it they are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, clone
from sklearn.datasets import make_classification, make_friedman1
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import RFE
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import average_precision_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import OrdinalEncoder, StandardScaler
from threadpoolctl import threadpool_limits

from skautogen.selection import FeatureSelector
from skautogen.selection._rfe import STEP, ranking_trees

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
# Training rows, and as many that score.
N_MADE_ROWS = 800
N_REAL_ROWS = 500


@dataclass(frozen=True)
class Table:
    """Standardised features, of which it is known which are noise."""

    X: np.ndarray
    y: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    is_real: np.ndarray
    is_classification: bool


# --- tables ---------------------------------------------------------------------------


def _clusters(
    seed: int, n_noise: int, n_mixed: int = 0, **settings: Any
) -> tuple[np.ndarray, np.ndarray, int]:
    """Classes in clusters: five features, mixtures of them, and noise."""
    X, y = make_classification(
        2 * N_MADE_ROWS,
        n_features=5 + n_mixed + n_noise,
        n_informative=5,
        n_redundant=n_mixed,
        flip_y=0.05,
        shuffle=False,
        random_state=seed,
        **settings,
    )
    return X, y, 5 + n_mixed


def _friedman(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Friedman's first function of five features, 100 of noise, few rows."""
    X, y = make_friedman1(600, n_features=105, noise=1.0, random_state=seed)
    return X, y, 5


def _xor(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Classes told by two products of two features, none by itself; 36 of noise."""
    X = np.random.default_rng(seed).normal(size=(2 * N_MADE_ROWS, 40))
    y = (X[:, 0] * X[:, 1] + 0.5 * X[:, 2] * X[:, 3] > 0).astype(int)
    return X, y, 4


def _long(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Three classes told by products and a square of six features, 54 of noise."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(30_000, 60))
    told = (
        2 * X[:, 0] * X[:, 1] + X[:, 2] * X[:, 3] + 0.3 * X[:, 4] + 0.2 * X[:, 5] ** 2
    )
    told += rng.normal(size=len(X))
    return X, np.digitize(told, [0, 1]), 6


MADE: dict[str, tuple[Callable[[int], tuple[np.ndarray, np.ndarray, int]], bool]] = {
    # Two classes that a line tells apart.
    "linear": (
        partial(_clusters, n_noise=25, n_clusters_per_class=1, class_sep=0.7),
        True,
    ),
    "redundant": (partial(_clusters, n_noise=50, n_mixed=5, n_classes=3), True),
    "friedman": (_friedman, False),
    "xor": (_xor, True),
    "long": (_long, True),
}
SHORT = ("linear", "redundant", "friedman", "xor")
REAL = ("credit_g", "vehicle", "ames_housing", "california_housing")


def make_table(name: str, seed: int) -> Table:
    """Make one of ``MADE``."""
    make, is_classification = MADE[name]
    X, y, n_real = make(seed)
    is_real = np.arange(X.shape[1]) < n_real
    return _finish(X, y, is_real, is_classification, seed)


def load_table(loader: Any, name: str, seed: int) -> Table:
    """Load one of ``REAL``, and add a shuffled copy of each column."""
    frame, target = loader.load(name)
    is_classification = loader.info(name)["task"] != "regression"
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(frame))[: 2 * N_REAL_ROWS]
    frame, y = frame.iloc[rows].copy(), target.iloc[rows].to_numpy()
    text = frame.select_dtypes(exclude="number").columns
    frame[text] = OrdinalEncoder().fit_transform(frame[text].astype(str))
    frame = frame.astype(float)
    X = frame.fillna(frame.median()).to_numpy()
    probes = np.column_stack([rng.permutation(column) for column in X.T])
    is_real = np.repeat([True, False], X.shape[1])
    return _finish(np.hstack([X, probes]), y, is_real, is_classification, seed)


def _finish(
    X: np.ndarray,
    y: np.ndarray,
    is_real: np.ndarray,
    is_classification: bool,
    seed: int,
) -> Table:
    """Mix the columns, standardise, and split in halves."""
    mixed = np.random.default_rng(seed).permutation(X.shape[1])
    X = StandardScaler().fit_transform(X[:, mixed]).astype(np.float32)
    if is_classification:
        y = np.unique(y, return_inverse=True)[1]
    else:
        y = (y - y.mean()) / y.std()
    X, X_test, y, y_test = train_test_split(X, y, test_size=0.5, random_state=seed)
    return Table(X, y, X_test, y_test, is_real[mixed], is_classification)


# --- candidates -----------------------------------------------------------------------


class Permuted(BaseEstimator):
    """Importance: what shuffling a feature costs on held-out rows."""

    def __init__(self, estimator: Any) -> None:
        self.estimator = estimator

    def fit(self, X: np.ndarray, y: np.ndarray) -> Permuted:
        X, X_val, y, y_val = train_test_split(X, y, test_size=0.3, random_state=0)
        fitted = clone(self.estimator).fit(X, y)
        result = permutation_importance(
            fitted, X_val, y_val, n_repeats=2, random_state=0
        )
        # RFE squares importances: one below zero would come out above zero.
        self.feature_importances_ = np.maximum(result.importances_mean, 0)
        return self


class InputGradient(BaseEstimator):
    """Importance: mean size of the gradient of a network's outputs by the feature."""

    def __init__(self, network: Any) -> None:
        self.network = network

    def fit(self, X: np.ndarray, y: np.ndarray) -> InputGradient:
        fitted = clone(self.network).fit(X, y)
        first, last = fitted.coefs_
        is_active = X @ first + fitted.intercepts_[0] > 0
        self.feature_importances_ = sum(
            np.abs((is_active * output) @ first.T).mean(axis=0) for output in last.T
        )
        return self


class FirstWeights(BaseEstimator):
    """Importance: norm of the weights that leave the feature."""

    def __init__(self, network: Any) -> None:
        self.network = network

    def fit(self, X: np.ndarray, y: np.ndarray) -> FirstWeights:
        fitted = clone(self.network).fit(X, y)
        self.feature_importances_ = np.linalg.norm(fitted.coefs_[0], axis=1)
        return self


class OneByOne(BaseEstimator):
    """Importance: a score of "kbest", which sees each feature alone."""

    def __init__(self, score_func: str, is_classification: bool) -> None:
        self.score_func = score_func
        self.is_classification = is_classification

    def fit(self, X: np.ndarray, y: np.ndarray) -> OneByOne:
        selector = FeatureSelector(
            "kbest",
            score_func=self.score_func,
            task="classification" if self.is_classification else "regression",
            random_state=0,
        )
        scores = selector.fit(X, y).scores_
        self.feature_importances_ = np.nan_to_num(scores, nan=-1)  # constant: last
        return self


def network(is_classification: bool, seed: int) -> MLPClassifier | MLPRegressor:
    """Make the small network that candidates rank by, and that scores the selection."""
    Network = MLPClassifier if is_classification else MLPRegressor
    return Network(
        hidden_layer_sizes=(64,),
        learning_rate_init=5e-3,
        max_iter=60,
        early_stopping=True,
        random_state=seed,
    )


def candidates(table: Table, seed: int) -> dict[str, tuple[Any, bool]]:
    """What ranks, and whether also inside RFE.

    That is pointless for scores one by one, and saves time where one fit ranks badly.
    """
    classifies = table.is_classification
    Forest = RandomForestClassifier if classifies else RandomForestRegressor
    Boosting = (
        HistGradientBoostingClassifier if classifies else HistGradientBoostingRegressor
    )
    mlp = network(classifies, seed)
    return {
        "F test": (OneByOne("f_test", classifies), False),
        "mutual information": (OneByOne("mutual_info", classifies), False),
        "linear coefficients": (LogisticRegression() if classifies else Ridge(), True),
        "extra trees (shipped)": (ranking_trees(len(table.X), classifies, seed), True),
        "random forest": (
            Forest(50, max_features=0.25, min_samples_leaf=3, random_state=seed),
            True,
        ),
        "boosting, permutation": (
            Permuted(Boosting(max_iter=30, random_state=seed)),
            True,
        ),
        "network, permutation": (Permuted(mlp), False),
        "network, gradients": (InputGradient(mlp), True),
        "network, first weights": (FirstWeights(mlp), False),
    }


# Other settings of the trees, and the step of the elimination.
SETTINGS: dict[str, tuple[dict[str, Any], float]] = {
    "shipped": ({}, STEP),
    "50 trees": ({"n_estimators": 50}, STEP),
    "half of the features a split": ({"max_features": 0.5}, STEP),
    "leaves of one row": ({"min_samples_leaf": 1}, STEP),
    "leaves of ten rows": ({"min_samples_leaf": 10}, STEP),
    "step 0.5": ({}, 0.5),
    "step 0.1": ({}, 0.1),
}
ROWS_PER_TREE: dict[str, dict[str, Any]] = {
    "shipped": {},
    "500 rows a tree": {"max_samples": 500},
    "1000 rows a tree": {"max_samples": 1000},
    "all rows": {"bootstrap": False, "max_samples": None},
}

# --- measuring ------------------------------------------------------------------------


def rank_once(estimator: Any, table: Table) -> np.ndarray:
    """Rank by one fit: higher is better."""
    return _importances(clone(estimator).fit(table.X, table.y))


def rank_recursively(estimator: Any, table: Table, step: float = STEP) -> np.ndarray:
    """Rank by RFE, and what is left by the importances at the end."""
    n_keep = int(table.is_real.sum())
    rfe = RFE(clone(estimator), n_features_to_select=n_keep, step=step)
    rfe.fit(table.X, table.y)
    ranks = -rfe.ranking_.astype(float)
    left = _importances(rfe.estimator_)
    ranks[rfe.support_] += 0.5 * left / max(left.max(), np.finfo(float).tiny)
    return ranks


def _importances(fitted: Any) -> np.ndarray:
    if hasattr(fitted, "coef_"):
        return (np.atleast_2d(fitted.coef_) ** 2).sum(axis=0)
    return fitted.feature_importances_


def score_of(table: Table, columns: np.ndarray, seed: int) -> float:
    """Score of a small network on these features."""
    mlp = network(table.is_classification, seed)
    mlp.fit(table.X[:, columns], table.y)
    return mlp.score(table.X_test[:, columns], table.y_test)


def measure_rankers(table: Table, seed: int) -> dict[str, tuple[float, float, float]]:
    """Precision, score and seconds of every candidate on one table."""
    n_keep = int(table.is_real.sum())
    everything = np.arange(len(table.is_real))
    found = {
        "(all features)": (np.nan, score_of(table, everything, seed), np.nan),
        "(no noise)": (
            np.nan,
            score_of(table, everything[table.is_real], seed),
            np.nan,
        ),
    }
    for name, (estimator, eliminates) in candidates(table, seed).items():
        ways = {"once": rank_once} | ({"rfe": rank_recursively} if eliminates else {})
        for way, rank in ways.items():
            start = time.perf_counter()
            ranks = rank(estimator, table)
            seconds = time.perf_counter() - start
            precision = average_precision_score(table.is_real, ranks)
            kept = np.argsort(-ranks, kind="stable")[:n_keep]
            found[f"{name}, {way}"] = precision, score_of(table, kept, seed), seconds
    return found


def measure_settings(table: Table, seed: int) -> dict[str, tuple[float, float, float]]:
    """Precision and seconds of the trees that are shipped, and with other settings."""
    return {
        name: _measure_trees(table, seed, settings, step)
        for name, (settings, step) in SETTINGS.items()
    }


def measure_long(table: Table, seed: int) -> dict[str, tuple[float, float, float]]:
    """Precision and seconds with other numbers of rows a tree."""
    return {
        name: _measure_trees(table, seed, settings, STEP)
        for name, settings in ROWS_PER_TREE.items()
    }


def _measure_trees(
    table: Table, seed: int, settings: dict[str, Any], step: float
) -> tuple[float, float, float]:
    trees = ranking_trees(len(table.X), table.is_classification, seed)
    start = time.perf_counter()
    ranks = rank_recursively(trees.set_params(**settings), table, step)
    seconds = time.perf_counter() - start
    return average_precision_score(table.is_real, ranks), np.nan, seconds


def report(
    results: dict[str, dict[str, list[tuple[float, float, float]]]],
    statistic: Callable[[list[float]], float],
) -> None:
    """Print a statistic over the seeds, and its mean over the tables."""
    for i, what in enumerate(("precision", "score", "seconds")):
        figures = pd.DataFrame(
            {
                table: {
                    name: statistic([run[i] for run in runs])
                    for name, runs in of.items()
                }
                for table, of in results.items()
            }
        ).dropna()
        if figures.empty:
            continue
        figures["mean"] = figures.mean(axis=1)
        print(f"\n{what}\n{figures.round(3).to_string()}")


def _find_loader(folder: Path) -> Any | None:
    file = folder / "load.py"
    if not file.exists():
        print(f"No real tables: there is no {file}. Name their folder with --data.")
        return None
    spec = importlib.util.spec_from_file_location("load", file)
    assert spec is not None
    assert spec.loader is not None
    loader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loader)
    return loader


@dataclass(frozen=True)
class Part:
    """A part of this benchmark."""

    measure: Callable[[Table, int], dict[str, tuple[float, float, float]]]
    tables: tuple[str, ...]
    n_seeds: int
    statistic: Callable[[list[float]], float]


# On the other tables the trees are right with any settings.
HARD = ("friedman", "xor", "credit_g", "ames_housing", "california_housing")

# Of the settings the means: they differ in how often they miss, seldom in the median.
PARTS = {
    "rankers": Part(measure_rankers, (*SHORT, *REAL), 3, np.median),
    "settings": Part(measure_settings, HARD, 4, np.mean),
    "long": Part(measure_long, ("long",), 3, np.mean),
}


def run(part: Part, n_seeds: int, data: Path) -> dict[str, Any]:
    """Measure one part on its tables: table -> candidate -> figures of each seed."""
    loader = _find_loader(data) if set(part.tables) & set(REAL) else None
    results: dict[str, Any] = {}
    for name in part.tables:
        if name in REAL and loader is None:
            continue
        results[name] = defaultdict(list)
        for seed in range(n_seeds):
            table = (
                make_table(name, seed)
                if name in MADE
                else load_table(loader, name, seed)
            )
            for candidate, figures in part.measure(table, seed).items():
                results[name][candidate].append(figures)
    return results


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=PARTS, default="rankers")
    parser.add_argument("--seeds", type=int, help="default: 3, of settings 4")
    parser.add_argument("--data", type=Path, default=DATA)
    arguments = parser.parse_args()
    part = PARTS[arguments.part]
    # The small networks need not converge.
    warnings.simplefilter("ignore", ConvergenceWarning)
    start = time.perf_counter()
    with threadpool_limits(1):
        results = run(part, arguments.seeds or part.n_seeds, arguments.data)
    report(results, part.statistic)
    print(f"\n{time.perf_counter() - start:.0f} seconds in all")


if __name__ == "__main__":
    main()
