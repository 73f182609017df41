"""Successive halving over epochs (Jamieson and Talwalkar, AISTATS 2016).

All candidates begin on all rows; after some epochs the worst two thirds are dropped and
the others go on where they are, to the end of the one schedule that they began with.
"""

from __future__ import annotations

from typing import Any

from .halving import PlannedHalvingRandomSearchCV, halving_settings

_RESOURCE = "stop_after"
# How long candidates train is what the rounds decide.
_SHARE = "epoch_share"


class PlannedEpochHalvingSearchCV(PlannedHalvingRandomSearchCV):
    """scikit-learn's ``HalvingRandomSearchCV`` over epochs, trained by an engine.

    Its candidates are shown without the epoch that a round ends with: the winner's
    last training is a whole one.
    """

    def _check_input_parameters(self, X: Any, y: Any, split_params: Any) -> None:
        network = self.estimator.named_steps["network"]
        self.max_resources = int(network.hyperparameters["epochs"])
        # Looked for among the pipeline's own parameters, which flat names are not.
        self.resource, resource = "n_samples", self.resource
        self.min_resources, smallest = 1, self.min_resources
        try:
            super()._check_input_parameters(X, y, split_params)
        finally:
            self.resource, self.min_resources = resource, smallest
        self._n_epochs: list[int] = []

    def _in_place_of(
        self, first: dict[str, Any], drawn: dict[str, Any]
    ) -> dict[str, Any]:
        kept = {name: value for name, value in first.items() if name != _SHARE}
        return {**kept, _RESOURCE: drawn[_RESOURCE]}

    def _to_train(self, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        n_epochs, n_last = candidates[0][_RESOURCE], self.max_resources_
        # Rounds divide the epochs with a remainder, which the last one takes.
        if n_epochs * self.factor > n_last:
            n_epochs = n_last
        self._n_epochs += [n_epochs] * len(candidates)
        return [{**each, _RESOURCE: n_epochs} for each in candidates]

    def _to_show(self, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in each.items() if name != _RESOURCE}
            for each in candidates
        ]

    def _format_results(
        self, candidate_params: Any, n_splits: int, out: Any, more_results: Any = None
    ) -> dict[str, Any]:
        more_results = {**(more_results or {}), "n_resources": self._n_epochs}
        return super()._format_results(candidate_params, n_splits, out, more_results)


def make_epoch_halving_search(
    pipeline: Any, space: Any, **settings: Any
) -> PlannedEpochHalvingSearchCV:
    """Begin with ``n_iter`` candidates for few epochs; a third goes on.

    Raises
    ------
    ValueError
        If several metrics are asked for, or the epochs are searched over.
    """
    if any("epochs" in each for each in space):
        raise ValueError(
            'search="halving_epochs" divides the epochs among its rounds; got "epochs" '
            "in param_space. Give the number of epochs as the parameter epochs=."
        )
    space = [{k: v for k, v in each.items() if k != _SHARE} for each in space]
    settings = halving_settings("halving_epochs", space, settings)
    # As many epochs for the first round as leave the last one nearly all.
    return PlannedEpochHalvingSearchCV(
        pipeline, space, resource=_RESOURCE, min_resources="exhaust", **settings
    )
