"""What a search found and how good the winner is: tables, numbers, pictures, a page."""

from __future__ import annotations

from ._leaderboard import leaderboard
from ._metrics import classification_metrics, regression_metrics
from ._param_importances import param_importances
from ._plot_history import plot_history
from ._plot_importances import plot_param_importances
from ._plot_search import plot_search
from ._plot_structure import plot_structure
from ._progress import SearchProgress

__all__ = [
    "SearchProgress",
    "classification_metrics",
    "leaderboard",
    "param_importances",
    "plot_history",
    "plot_param_importances",
    "plot_search",
    "plot_structure",
    "regression_metrics",
]
