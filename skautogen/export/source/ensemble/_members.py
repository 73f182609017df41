"""The networks that answer together, as they were trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .._refusal import CannotGenerateError


@dataclass(frozen=True)
class Member:
    """A network of an ensemble.

    Attributes
    ----------
    pipeline : NetworkPipeline
        Fitted.
    weight : float
        Of its answer in the mean of all.
    candidate : int
        The place of its hyper-parameters among those of the ensemble.
    fold : int or None
        The fold that it was not trained on; ``None`` if it was trained on all rows.
    """

    pipeline: Any
    weight: float
    candidate: int
    fold: int | None

    @property
    def network(self) -> Any:
        """The last step of the pipeline."""
        return self.pipeline.named_steps["network"]


def read_members(estimator: Any) -> list[Member]:
    """Read which networks answer.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted.

    Returns
    -------
    members : list of Member
        Candidate by candidate, each fold by fold; last the one that is trained on all
        rows.

    Raises
    ------
    CannotGenerateError
        If one network answers alone.
    """
    ensemble = estimator.ensemble_
    if ensemble is None:
        raise CannotGenerateError(
            "ensemble=True asks for the networks that answer together, and "
            "best_estimator_ answers alone. Leave it out: what is written then "
            "predicts the same."
        )
    pipelines, weights = ensemble.pipelines, ensemble.weights.tolist()
    # A smaller estimator that compress has made has networks of no folds.
    n_candidates = len(estimator.ensemble_weights_)
    n_folds = (len(pipelines) - 1) // n_candidates
    has_folds = hasattr(estimator, "_first_fold")
    members = []
    for place, pipeline in enumerate(pipelines):
        candidate, fold = divmod(place, n_folds) if has_folds else (place, None)
        if place == len(pipelines) - 1:
            fold = None
        members.append(Member(pipeline, weights[place], candidate, fold))
    return members
