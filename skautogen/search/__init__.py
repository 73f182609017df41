"""Search strategies, one a file: searches of scikit-learn's, and what proposes."""

from ._budget import Budget
from ._candidates import CandidateSpace
from ._effort import Effort, plan_effort, plan_effort_alone
from ._folds import make_folds
from ._narrowed import NarrowedSpace
from ._proposed import MOST_NETWORKS_KEPT
from ._proposer import Proposer, Trial
from ._registry import STRATEGIES, Strategy, get_strategy
from ._run import SearchRun, SearchStoppedWarning
from ._space import first_candidates, resolve_space
from .evolution import Evolution
from .tpe import TPE

__all__ = [
    "MOST_NETWORKS_KEPT",
    "STRATEGIES",
    "TPE",
    "Budget",
    "CandidateSpace",
    "Effort",
    "Evolution",
    "NarrowedSpace",
    "Proposer",
    "SearchRun",
    "SearchStoppedWarning",
    "Strategy",
    "Trial",
    "first_candidates",
    "get_strategy",
    "make_folds",
    "plan_effort",
    "plan_effort_alone",
    "resolve_space",
]
