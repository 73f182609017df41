"""Preparing and selecting, done once for all candidates that share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import joblib
import numpy as np
from sklearn.utils import _safe_indexing

if TYPE_CHECKING:
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

    They are fitted inside the fold, on its training rows alone. Plans that share it
    are of the same data.
    """

    def __init__(self) -> None:
        # With the rows of the fold, by whose place in memory it is known: they must
        # not be let go, or others could come to that place.
        self._fitted: dict[Any, tuple[Any, np.ndarray, np.ndarray]] = {}
        self._used: set[Any] = set()

    def forget_unused(self) -> None:
        """Let go of what was not asked for since this was called last."""
        kept = self._used.intersection(self._fitted)  # fitting may have failed
        self._fitted = {key: self._fitted[key] for key in kept}
        self._used = set()

    def prepare(self, plan: Plan, training: Training) -> Prepared:
        """Fit the first two steps of a training's pipeline, or take them as fitted.

        Parameters
        ----------
        plan : Plan
        training : Training
            Of the plan.

        Returns
        -------
        prepared : Prepared
        """
        pipeline, rows = plan.unfitted(training), training.rows
        y, weight = plan.targets(training)
        # Folds are the same objects for every candidate.
        prepare_key = id(rows), _parameters(pipeline, "prepare")
        select_key = *prepare_key, _parameters(pipeline, "select")
        self._used |= {prepare_key, select_key}
        if prepare_key not in self._fitted:
            X = _safe_indexing(plan.X, rows)
            prepare = pipeline.named_steps["prepare"].fit(X, y, sample_weight=weight)
            self._fitted[prepare_key] = prepare, prepare.transform(X), rows
        prepare, prepared, _ = self._fitted[prepare_key]
        if select_key not in self._fitted:
            select = pipeline.named_steps["select"].fit(
                prepared, y, sample_weight=weight
            )
            self._fitted[select_key] = select, select.transform(prepared), rows
        select, selected, _ = self._fitted[select_key]
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
