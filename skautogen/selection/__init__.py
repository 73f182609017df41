"""Feature selection, fitted inside each fold: one strategy a file."""

from ._kbest import SCORE_FUNCS
from ._keep_all import KeepAll
from ._selector import METHODS, FeatureSelector
from ._strategy import Selection, SelectionProblem

__all__ = [
    "METHODS",
    "SCORE_FUNCS",
    "FeatureSelector",
    "KeepAll",
    "Selection",
    "SelectionProblem",
]
