"""What a search found and how good the winner is: tables, numbers, pictures, a page."""

from __future__ import annotations

from ._leaderboard import leaderboard
from ._metrics import classification_metrics, regression_metrics
from ._page import write_report
from ._param_importances import param_importances
from ._plot_classes import (
    plot_confusion_matrix,
    plot_precision_recall_curve,
    plot_roc_curve,
)
from ._plot_history import plot_history
from ._plot_importances import plot_param_importances
from ._plot_residuals import plot_residuals
from ._plot_search import plot_search
from ._plot_structure import plot_structure
from ._progress import SearchProgress

__all__ = [
    "SearchProgress",
    "classification_metrics",
    "leaderboard",
    "param_importances",
    "plot_confusion_matrix",
    "plot_history",
    "plot_param_importances",
    "plot_precision_recall_curve",
    "plot_residuals",
    "plot_roc_curve",
    "plot_search",
    "plot_structure",
    "regression_metrics",
    "write_report",
]
