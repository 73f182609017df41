"""Preparing and selecting, done once for all candidates that share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import joblib
import numpy as np

from ._pipeline import NetworkPipeline
from ._plan import Plan, Training


@dataclass(frozen=True)
class Prepared:
    """A training of which only the network is left to train.

    Attributes
    ----------
    pipeline : NetworkPipeline
        With its first two steps fitted.
    X : ndarray of shape (n_rows, n_selected_features)
    y : ndarray of shape (n_rows,) or (n_rows, n_outputs)
    sample_weight : ndarray of shape (n_rows,) or None
    """

    pipeline: NetworkPipeline
    X: np.ndarray
    y: np.ndarray
    sample_weight: np.ndarray | None


class PreparedRows:
    """Fits the first two steps of pipelines, each pair of steps once for each fold.

    They are fitted inside the fold, on its training rows alone.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._fitted: dict[Any, Any] = {}

    def prepare(self, training: Training) -> Prepared:
        """Fit the first two steps of a training's pipeline, or take them as fitted.

        Parameters
        ----------
        training : Training

        Returns
        -------
        prepared : Prepared
        """
        pipeline = self._plan.unfitted(training)
        X, y, weight = self._plan.data(training)
        # The folds of a plan are the same objects for every candidate.
        prepare_key = id(training.rows), _parameters(pipeline, "prepare")
        select_key = *prepare_key, _parameters(pipeline, "select")
        if prepare_key not in self._fitted:
            prepare = pipeline.named_steps["prepare"].fit(X, y, sample_weight=weight)
            self._fitted[prepare_key] = prepare, prepare.transform(X)
        prepare, prepared = self._fitted[prepare_key]
        if select_key not in self._fitted:
            select = pipeline.named_steps["select"].fit(
                prepared, y, sample_weight=weight
            )
            self._fitted[select_key] = select, select.transform(prepared)
        select, selected = self._fitted[select_key]
        network = pipeline.named_steps["network"]
        pipeline.steps = [
            ("prepare", prepare),
            ("select", select),
            ("network", network),
        ]
        pipeline.tell_the_network()
        return Prepared(pipeline, selected, y, weight)


def _parameters(pipeline: NetworkPipeline, step: str) -> str:
    """Equal for steps of equal parameters."""
    parameters: str = joblib.hash(pipeline.named_steps[step].get_params())
    return parameters
