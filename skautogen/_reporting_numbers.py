"""What a fitted regressor shows of its predictions."""

from __future__ import annotations

from typing import Any

from ._reporting import Reporting


class ReportingOfNumbers(Reporting):
    """Mixin of the regressor: pictures of its errors."""

    def plot_residuals(
        self, X: Any, y: Any, *, kind: str = "residual_vs_predicted", ax: Any = None
    ) -> Any:
        """Draw the errors, or the truth, against what is predicted.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features), or None
            Rows that ``fit`` did not see. ``None`` takes the answers out of fold to
            the rows that it saw, ``oof_predictions_``.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Their true values.
        kind : {"residual_vs_predicted", "actual_vs_predicted"}, \
                default="residual_vs_predicted"
        ax : matplotlib.axes.Axes, default=None
            Where to draw; a new figure if not given.

        Returns
        -------
        ax : matplotlib.axes.Axes, or ndarray of them for several outputs
        """
        from .report import plot_residuals

        truth, predicted, _ = self._answers_to(X, y)
        return plot_residuals(truth, predicted, kind=kind, ax=ax)
