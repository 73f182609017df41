"""How well an answer scores that nobody has a fitted estimator for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin

from ._losses import row_losses
from ._temperature import fit_temperature


class AnsweringClassifier(ClassifierMixin, BaseEstimator):
    """Gives the probabilities that it was given, whatever it is asked.

    A scorer of scikit-learn's asks an estimator: this stands in for one.
    """

    def __init__(self, proba: np.ndarray, classes: np.ndarray) -> None:
        self.proba = proba
        self.classes_ = classes

    def predict_proba(self, X: Any) -> np.ndarray:
        return self.proba

    def predict(self, X: Any) -> np.ndarray:
        labels: np.ndarray = self.classes_[self.proba.argmax(axis=1)]
        return labels

    def __sklearn_is_fitted__(self) -> bool:
        return True


class AnsweringRegressor(RegressorMixin, BaseEstimator):
    """Gives the numbers that it was given, whatever it is asked."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def predict(self, X: Any) -> np.ndarray:
        return self.values

    def __sklearn_is_fitted__(self) -> bool:
        return True


@dataclass(frozen=True)
class Score:
    """Scores answers to rows of a table.

    Where a metric cannot tell two answers apart, as accuracy often cannot on few rows,
    the one of the smaller log loss, or squared error, is better.

    Parameters
    ----------
    scorer : callable
        ``scorer(estimator, X, y)``.
    X : array-like of shape (n_rows, n_features)
    y : ndarray of shape (n_rows,) or (n_rows, n_outputs)
    sample_weight : ndarray of shape (n_rows,) or None
    is_weighted : bool
        Whether the scorer takes the weights too.
    classes : ndarray of shape (n_classes,) or None
        None for numbers.
    """

    scorer: Callable[..., float]
    X: Any
    y: np.ndarray
    sample_weight: np.ndarray | None
    is_weighted: bool
    classes: np.ndarray | None

    def __call__(self, answer: np.ndarray) -> tuple[float, float]:
        """From an answer to a pair to be compared, the larger the better."""
        weights = {"sample_weight": self.sample_weight} if self.is_weighted else {}
        stand_in = (
            AnsweringRegressor(answer)
            if self.classes is None
            else AnsweringClassifier(answer, self.classes)
        )
        losses = row_losses(self.y, answer, self.classes)
        loss = float(np.average(losses, weights=self.sample_weight))
        return self.scorer(stand_in, self.X, self.y, **weights), -loss

    def temperature(self, answer: np.ndarray) -> float:
        """The temperature at which probabilities are as sure as they are right."""
        if self.classes is None:
            return 1.0
        return fit_temperature(answer, self.y, self.classes, self.sample_weight)
