"""Search strategies, one a file, each a search of scikit-learn's own."""

from ._budget import Budget
from ._folds import make_folds
from ._registry import STRATEGIES, Strategy, get_strategy
from ._run import SearchRun, SearchStoppedWarning
from ._space import resolve_space

__all__ = [
    "STRATEGIES",
    "Budget",
    "SearchRun",
    "SearchStoppedWarning",
    "Strategy",
    "get_strategy",
    "make_folds",
    "resolve_space",
]
