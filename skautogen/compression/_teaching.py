"""Training networks on answers instead of labels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin, clone

from ..selection import KeepAll
from ..training import NetworkPipeline, Outcome, Plan, Training, get_engine
from ._method import NotCompressibleError

# Steps of a training over a table, whatever its size.
_STEPS, _MOST_EPOCHS, _FEWEST_EPOCHS = 3_000, 150, 10
# Classes that an answer gives less than this are left out of the lesson.
_LEAST_SHARE = 0.01


class GivenRows(TransformerMixin, BaseEstimator):
    """The first step of a pipeline whose rows are prepared already.

    Parameters
    ----------
    told : mapping
        What builders find in their ``meta``.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn nothing."""
        return self

    def transform(self, X: Any) -> Any:
        """Return X."""
        return X

    def meta(self, support: np.ndarray | None) -> Mapping[str, Any]:
        """Say what the preparation has said."""
        return self.told


def teach(
    network: Any,
    designs: Sequence[Mapping[str, Any]],
    X: np.ndarray,
    answers: np.ndarray,
    *,
    engine: str,
    is_table: bool,
) -> list[Any]:
    """Train networks to answer as others do, all in one plan.

    A row whose answer is shared among classes is a row of each, weighted by its share:
    their log losses sum to the cross entropy with the answer.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted, of the architecture; not changed.
    designs : sequence of mapping
        Hyper-parameters of each, in the place of the network's own, and ``"seed"``.
    X : ndarray of shape (n_rows, ...)
        As the network takes them.
    answers : ndarray of shape (n_rows, n_classes), (n_rows,) or (n_rows, n_outputs)
        Probabilities of classes, or numbers.
    engine : str
        As of the estimators.
    is_table : bool
        Trainings on tables last a number of steps, others as long as the network's.

    Returns
    -------
    networks : list of NetworkClassifier, NetworkRegressor or NotCompressibleError
        The error in the place of one whose training diverged.

    References
    ----------
    G. Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network",
    arXiv 1503.02531.
    """
    weight = None
    classes = getattr(network, "classes_", None)
    if classes is not None:
        X, answers, weight = _as_labels(X, answers, classes)
    told = {name: getattr(network, name) for name in network.__dict__.get("_told", ())}
    blank = clone(network).set_params(early_stopping=False, callbacks=None)
    pipeline = NetworkPipeline(
        [("prepare", GivenRows(told)), ("select", KeepAll()), ("network", blank)]
    )
    training = _training_of(network, len(X), is_table=is_table)
    rows = np.arange(len(X))
    trainings = []
    for number, design in enumerate(designs):
        own = dict(design)
        seed = own.pop("seed")
        parameters = {**training, **own, "network__seed": seed}
        trainings.append(Training(number, parameters, rows))
    plan = Plan(pipeline, X, answers, weight, trainings)
    outcomes = get_engine(engine).carry_out(plan)
    return [_taught(each) for each in outcomes]


def _taught(outcome: Outcome) -> Any:
    if isinstance(outcome.error, FloatingPointError):
        return NotCompressibleError(str(outcome.error))
    return outcome.fitted().named_steps["network"]


def _training_of(network: Any, n_rows: int, *, is_table: bool) -> dict[str, Any]:
    """How networks are taught: as the candidate was, where nothing speaks against it.

    Answers have no noise that dropout and decay would have to keep out.
    """
    strategy = network.strategy
    epochs = strategy.n_epochs
    if is_table:
        wanted = math.ceil(_STEPS / strategy.steps_per_epoch(n_rows))
        epochs = min(max(wanted, _FEWEST_EPOCHS), _MOST_EPOCHS)
    own = {"epochs": epochs, "epoch_share": 1.0, "weight_decay": 0.0}
    if "label_smoothing" in (network.hyperparameters or {}):
        own["label_smoothing"] = 0.0
    if "dropout" in network._architecture.hyperparameters:
        own["dropout"] = 0.0
    return own


def _as_labels(
    X: np.ndarray, answers: np.ndarray, classes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of one class each, and weights that sum to 1 over those of a row."""
    is_kept = answers > _LEAST_SHARE
    # Of many classes each may have less.
    is_kept[np.arange(len(X)), answers.argmax(axis=1)] = True
    row, label = np.nonzero(is_kept)
    share = answers[row, label]
    total = np.bincount(row, weights=share, minlength=len(X))
    return X[row], classes[label], share / total[row]
