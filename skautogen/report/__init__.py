"""What a search found and how good the winner is: tables, numbers, pictures."""

from __future__ import annotations

from skautogen.report._leaderboard import leaderboard
from skautogen.report._metrics import classification_metrics, regression_metrics
from skautogen.report._plots import plot_history, plot_search
from skautogen.report._progress import SearchProgress

__all__ = [
    "SearchProgress",
    "classification_metrics",
    "leaderboard",
    "plot_history",
    "plot_search",
    "regression_metrics",
]
