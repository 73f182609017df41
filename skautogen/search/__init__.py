"""Search strategies, one a file, each a search of scikit-learn's own."""

from ._budget import Budget
from ._effort import Effort, plan_effort, plan_effort_alone
from ._folds import make_folds
from ._registry import STRATEGIES, Strategy, get_strategy
from ._run import SearchRun, SearchStoppedWarning
from ._space import first_candidates, resolve_space

__all__ = [
    "STRATEGIES",
    "Budget",
    "Effort",
    "SearchRun",
    "SearchStoppedWarning",
    "Strategy",
    "first_candidates",
    "get_strategy",
    "make_folds",
    "plan_effort",
    "plan_effort_alone",
    "resolve_space",
]
