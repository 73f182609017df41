"""Trained networks that answer as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..training import NetworkPipeline
from ._temperature import temper


class SharedPreparation:
    """Rows as pipelines see them after their first two steps, each made once.

    The networks of a fold share the steps that were fitted on it.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
    """

    def __init__(self, X: Any) -> None:
        self._X = X
        self._made: dict[tuple[int, ...], Any] = {}

    def of(self, pipeline: NetworkPipeline) -> np.ndarray:
        """The rows as the network of a pipeline takes them."""
        prepare, select = (step for _, step in pipeline.steps[:2])
        prepared = self._make((id(prepare),), lambda: prepare.transform(self._X))
        key = id(prepare), id(select)
        selected: np.ndarray = self._make(key, lambda: select.transform(prepared))
        return selected

    def _make(self, key: tuple[int, ...], make: Callable[[], Any]) -> Any:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def answer(pipeline: NetworkPipeline, rows: SharedPreparation) -> np.ndarray:
    """What a pipeline's network answers: probabilities of classes, or numbers."""
    return ask(pipeline.named_steps["network"], rows.of(pipeline))


def ask(network: Any, selected: np.ndarray) -> np.ndarray:
    """What a network answers to rows as it takes them."""
    asked = getattr(network, "predict_proba", network.predict)
    answered: np.ndarray = asked(selected)
    return answered


class NetworkEnsemble:
    """The weighted mean of what several pipelines answer.

    Parameters
    ----------
    pipelines : sequence of NetworkPipeline
        Fitted.
    weights : sequence of float
        Of each, summing to 1.
    temperature : float, default=1.0
        Of the probabilities; see :func:`temper`.
    """

    def __init__(
        self,
        pipelines: Sequence[NetworkPipeline],
        weights: Sequence[float],
        temperature: float = 1.0,
    ) -> None:
        self.pipelines = list(pipelines)
        self.weights = np.array(weights, dtype=float)
        self.temperature = temperature

    def joined_by(self, pipeline: NetworkPipeline, share: float) -> NetworkEnsemble:
        """The same with one pipeline more, which has this share in the answer."""
        return NetworkEnsemble(
            [*self.pipelines, pipeline],
            [*(self.weights * (1 - share)), share],
            self.temperature,
        )

    def __len__(self) -> int:
        return len(self.pipelines)

    def answer(self, X: Any) -> np.ndarray:
        """Probabilities of classes, or numbers.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features)

        Returns
        -------
        answer : ndarray of shape (n_samples, n_classes), (n_samples,) or \
                (n_samples, n_outputs)
        """
        rows = SharedPreparation(X)
        parts = zip(self.weights, self.pipelines, strict=True)
        total: np.ndarray = sum(weight * answer(each, rows) for weight, each in parts)
        return temper(total, self.temperature)
