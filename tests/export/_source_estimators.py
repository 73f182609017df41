"""What is read of fitted estimators when source is written of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from sklearn.utils import _safe_indexing

from skautogen.ensemble import NetworkEnsemble
from skautogen.training import NetworkPipeline


class Made(NamedTuple):
    """An estimator that source is written of, and its data.

    ``write`` writes the data into a folder, as files read them.
    """

    estimator: Any
    X: Any
    y: np.ndarray
    write: Callable[[Path], None]
    # Files of folders are read class by class.
    is_sorted: bool = False

    def answers(self) -> np.ndarray:
        """What the estimator answers, in the order of the file."""
        one = NetworkEnsemble([self.estimator.best_estimator_], [1.0])
        answers = (self.estimator.ensemble_ or one).answer(self.X)
        return answers[np.argsort(self.y, kind="stable")] if self.is_sorted else answers

    def targets(self) -> np.ndarray:
        """The targets, in the order of the file."""
        return np.sort(self.y) if self.is_sorted else self.y


def estimator_of(
    kind: str, pipeline: NetworkPipeline, y: np.ndarray, class_weight: Any = None
) -> Any:
    """What an estimator has of its fit that source is written of."""
    classes, counts = np.unique(y, return_counts=True)
    of_classes = {"classes_": classes}
    is_classifier = hasattr(pipeline.named_steps["network"], "classes_")
    counted = list(zip(classes, counts, strict=True)) if is_classifier else []
    return SimpleNamespace(
        best_estimator_=pipeline,
        ensemble_=None,
        input_kind_=kind,
        class_weight=class_weight,
        _record=SimpleNamespace(classes=counted, n_rows=len(y)),
        **(of_classes if is_classifier else {}),
    )


def ensemble_of(
    kind: str, candidates: list[Callable[[], NetworkPipeline]], X: Any, y: np.ndarray
) -> Any:
    """An estimator of several candidates, each on two folds, and the first on all."""
    halves = [np.arange(0, len(y), 2), np.arange(1, len(y), 2)]
    pipelines = [
        draw_weights(make(), _safe_indexing(X, rows), y[rows])
        for make in candidates
        for rows in halves
    ]
    best = draw_weights(candidates[0](), X, y)
    weights = np.repeat(np.arange(len(candidates)) + 1.0, 2)
    ensemble = NetworkEnsemble(pipelines, weights / weights.sum(), 1.0)
    estimator = estimator_of(kind, best, y)
    estimator.ensemble_ = ensemble.joined_by(best, 1 / 3)
    estimator.ensemble_.temperature = 1.5 if hasattr(estimator, "classes_") else 1.0
    estimator.ensemble_weights_ = dict.fromkeys(range(len(candidates)), 1.0)
    estimator._first_fold = halves[1]
    return estimator


def draw_weights(
    pipeline: NetworkPipeline,
    X: Any,
    y: np.ndarray,
    sample_weight: np.ndarray | None = None,
) -> NetworkPipeline:
    """Give a network random weights, which takes less time than to train it."""
    prepare, select, network = (step for _, step in pipeline.steps)
    prepared = prepare.fit(X, y, sample_weight=sample_weight).transform(X)
    prepared = select.fit(prepared, y, sample_weight=sample_weight).transform(prepared)
    pipeline.tell_the_network()
    training, watched = network.divide(prepared, y, sample_weight)
    network.learn_data(training.X, training.y)
    rng = np.random.default_rng(0)
    # About those that a training begins with: answers are neither 0 nor 1.
    weights = [
        each + rng.normal(0, 0.05, each.shape).astype("float32")
        for each in network.build_model().get_weights()
    ]
    history = {"loss": [1.0] * network.strategy.n_epochs}
    if watched is not None:
        history["val_loss"] = history["loss"]
    network.adopt(history, weights)
    return pipeline
