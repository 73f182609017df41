"""What a fitted classifier shows of its predictions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ._reporting import Reporting


class ReportingOfClasses(Reporting):
    """Mixin of the classifier: pictures of how well it tells classes apart."""

    # Of the classifier.
    classes_: np.ndarray
    _labels: Callable[[np.ndarray], np.ndarray]

    def plot_confusion_matrix(
        self,
        X: Any,
        y: Any,
        sample_weight: Any = None,
        *,
        normalize: str | None = None,
        ax: Any = None,
    ) -> Any:
        """Draw how many rows of each class are taken for which.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features), or None
            Rows that ``fit`` did not see. ``None`` takes the answers out of fold to
            the rows that it saw, ``oof_predictions_``.
        y : array-like of shape (n_samples,)
            Their true labels.
        sample_weight : array-like of shape (n_samples,), default=None
            Weight of each row.
        normalize : {"true", "pred", "all"}, default=None
            Shares of the true class, of the predicted one, or of all rows.
        ax : matplotlib.axes.Axes, default=None
            Where to draw; a new figure if not given.

        Returns
        -------
        ax : matplotlib.axes.Axes
        """
        from .report import plot_confusion_matrix

        truth, proba, weight = self._answers_to(X, y, sample_weight)
        return plot_confusion_matrix(
            truth,
            self._labels(proba),
            self.classes_,
            sample_weight=weight,
            normalize=normalize,
            ax=ax,
        )

    def plot_roc_curve(
        self, X: Any, y: Any, sample_weight: Any = None, *, ax: Any = None
    ) -> Any:
        """Draw the ROC curve: of each class against the others if there are several.

        Parameters
        ----------
        X, y, sample_weight, ax
            As for `plot_confusion_matrix`.

        Returns
        -------
        ax : matplotlib.axes.Axes
        """
        from .report import plot_roc_curve

        truth, proba, weight = self._answers_to(X, y, sample_weight)
        return plot_roc_curve(truth, proba, self.classes_, sample_weight=weight, ax=ax)

    def plot_precision_recall_curve(
        self, X: Any, y: Any, sample_weight: Any = None, *, ax: Any = None
    ) -> Any:
        """Draw precision against recall: says more than ROC where positives are rare.

        Parameters
        ----------
        X, y, sample_weight, ax
            As for `plot_confusion_matrix`.

        Returns
        -------
        ax : matplotlib.axes.Axes
        """
        from .report import plot_precision_recall_curve

        truth, proba, weight = self._answers_to(X, y, sample_weight)
        return plot_precision_recall_curve(
            truth, proba, self.classes_, sample_weight=weight, ax=ax
        )
