"""Ensembles of networks, of which source is generated."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from skautogen.inputs import TablePreparer
from skautogen.selection import FeatureSelector
from skautogen.training import NetworkPipeline
from skautogen.training._network_classifier import NetworkClassifier
from skautogen.training._network_regressor import NetworkRegressor
from skautogen.training._pipeline import make_network_pipeline

from ._source_estimators import Made, ensemble_of
from ._source_kinds import Case, make_data, make_pipeline, write_data
from ._source_tables import TASKS, write_table

_FAST = {"epochs": 3, "batch_size": 32}


def _table(
    kind: Any, architecture: str, **hyperparameters: Any
) -> Callable[[], NetworkPipeline]:
    def make() -> NetworkPipeline:
        network = kind(
            architecture,
            hyperparameters={**_FAST, **hyperparameters},
            early_stopping=False,
            seed=1,
        )
        return make_network_pipeline(TablePreparer(), FeatureSelector(), network)

    return make


def _structures() -> Made:
    """Two architectures, optimizers and schedules; gaps in one fold alone."""
    X, y = TASKS["two_classes"]()
    X = X.assign(kind=np.array(["a", "b", "c"])[np.arange(len(X)) % 3])
    X.iloc[4, 0] = np.nan  # the second fold has none
    candidates = [
        _table(NetworkClassifier, "tabm", n_members=2, hidden_layer_sizes=(8,)),
        _table(
            NetworkClassifier,
            "mlp",
            hidden_layer_sizes=(8,),
            optimizer="lion",
            schedule="constant",
            weight_decay=0.1,
        ),
        _table(
            NetworkClassifier,
            "mlp",
            hidden_layer_sizes=(4,),
            dropout=0.2,
            label_smoothing=0.1,
        ),
    ]
    return Made(
        ensemble_of("table", candidates, X, y), X, y, partial(write_table, X, y)
    )


def _settings() -> Made:
    """One structure, which the networks have in several sizes; numbers."""
    X, y = TASKS["number"]()
    candidates = [
        _table(NetworkRegressor, "mlp", hidden_layer_sizes=(units, 8), dropout=dropout)
        for units, dropout in ((8, 0.0), (16, 0.1))
    ]
    return Made(
        ensemble_of("table", candidates, X, y), X, y, partial(write_table, X, y)
    )


def _of_kind(case: Case, *others: Case) -> Made:
    X, y = make_data(case)
    candidates = [partial(make_pipeline, each, X) for each in (case, *others)]
    estimator = ensemble_of(case.kind, candidates, X, y)
    return Made(estimator, X, y, lambda folder: write_data(case, X, y, folder))


ENSEMBLES: dict[str, Callable[[], Made]] = {
    "ensemble": _structures,
    "ensemble-number": _settings,
    # The scale of the pixels is that of a fold.
    "ensemble-image": lambda: _of_kind(Case("image", "cnn", {"filters": 8})),
    "ensemble-text": lambda: _of_kind(Case("text", "ngrams", {}, "numbers")),
    "ensemble-token": lambda: _of_kind(
        Case("text", "text_cnn", {"dimension": 8, "filters": 8}),
        Case("text", "text_cnn", {"dimension": 4, "filters": 8}),
    ),
}
