"""What a search found and how good the winner is: tables, numbers, pictures."""

from __future__ import annotations

from ._leaderboard import leaderboard
from ._metrics import classification_metrics, regression_metrics
from ._plots import plot_history, plot_search
from ._progress import SearchProgress

__all__ = [
    "SearchProgress",
    "classification_metrics",
    "leaderboard",
    "plot_history",
    "plot_search",
    "regression_metrics",
]
