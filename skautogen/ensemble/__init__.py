"""Networks that answer together: which, with what weight, and how well."""

from ._combine import Combination, combine
from ._greedy import select_greedily
from ._importance import permutation_importances
from ._networks import NetworkEnsemble
from ._scores import Score
from ._temperature import fit_temperature, temper

__all__ = [
    "Combination",
    "NetworkEnsemble",
    "Score",
    "combine",
    "fit_temperature",
    "permutation_importances",
    "select_greedily",
    "temper",
]
