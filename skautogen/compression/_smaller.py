"""Fitted estimators with other networks in the place of their own."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from ..ensemble import NetworkEnsemble
from ..training import NetworkPipeline

# Of the networks before: a smaller estimator has not answered the training rows.
_OF_THE_SEARCH = ("oof_predictions_", "oof_score_", "_first_fold")


def ensemble_of(estimator: Any) -> NetworkEnsemble:
    """What answers: the ensemble, or the best network as an ensemble of one."""
    return estimator.ensemble_ or NetworkEnsemble([estimator.best_estimator_], [1.0])


def with_network(pipeline: NetworkPipeline, network: Any) -> NetworkPipeline:
    """A fitted pipeline with another network at its end."""
    twin = copy.copy(pipeline)
    twin.steps = [*pipeline.steps[:-1], ("network", network)]
    return twin


def with_answering(
    estimator: Any, best: NetworkPipeline, ensemble: NetworkEnsemble | None
) -> Any:
    """A copy of an estimator in which other networks answer.

    It shares with the estimator what neither changes, such as ``cv_results_``.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Not changed.
    best : NetworkPipeline
    ensemble : NetworkEnsemble or None
        None where ``best`` answers alone.

    Returns
    -------
    estimator : AutoGenClassifier or AutoGenRegressor
    """
    twin = copy.copy(estimator)
    for name in _OF_THE_SEARCH:
        twin.__dict__.pop(name, None)
    if ensemble is None:
        twin.__dict__.pop("ensemble_weights_", None)
    network = best.named_steps["network"]
    twin.best_estimator_, twin.ensemble_ = best, ensemble
    twin.history_ = network.history_
    twin.n_iter_ = len(network.history_["loss"])
    twin.search_ = copy.copy(estimator.search_)
    twin.search_.best_estimator_ = best
    return twin


def led_by(estimator: Any, candidate: int, pipeline: NetworkPipeline) -> Any:
    """A copy of an estimator that has another candidate for its best.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Not changed.
    candidate : int
        Row of ``cv_results_``.
    pipeline : NetworkPipeline
        Of this candidate.

    Returns
    -------
    estimator : AutoGenClassifier or AutoGenRegressor
    """
    search, results = copy.copy(estimator.search_), estimator.cv_results_
    search.best_index_, search.best_estimator_ = candidate, pipeline
    search.best_params_ = results["params"][candidate]
    score = results[f"mean_test_{estimator._refit_metric()}"][candidate]
    search.best_score_ = float(score)
    twin = copy.copy(estimator)
    twin._keep(search)
    return twin


def answered_by(estimator: Any, networks: Sequence[Any]) -> Any:
    """A copy of an estimator that new networks behind its best preparation answer for.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
    networks : sequence of NetworkClassifier or NetworkRegressor
        Each answers for as much.

    Returns
    -------
    estimator : AutoGenClassifier or AutoGenRegressor
    """
    best = estimator.best_estimator_
    pipelines = [with_network(best, each) for each in networks]
    if len(pipelines) == 1:
        return with_answering(estimator, pipelines[0], None)
    ensemble = NetworkEnsemble(pipelines, [1 / len(pipelines)] * len(pipelines))
    twin = with_answering(estimator, pipelines[0], ensemble)
    twin.ensemble_weights_ = {estimator.best_index_: 1.0}
    return twin
