"""The search strategies there are, by name. A new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .._spelling import unknown_name
from .grid import make_grid_search
from .halving import make_halving_search
from .halving_epochs import make_epoch_halving_search
from .random import make_random_search


@dataclass(frozen=True)
class Strategy:
    """A search strategy.

    Attributes
    ----------
    make : callable
        ``make(pipeline, space, n_iter=, cv=, scoring=, refit=, random_state=,
        error_score=)`` returns an unfitted search of scikit-learn's with
        :class:`PlannedSearch` in front.
    space : str
        Which of an architecture's spaces it searches: ``"space"`` or ``"grid"``.
    draws : bool
        Whether its candidates are drawn, after those that are known to do well.
    """

    make: Callable[..., Any]
    space: str = "space"
    draws: bool = True


STRATEGIES: dict[str, Strategy] = {
    "grid": Strategy(make_grid_search, space="grid", draws=False),
    "random": Strategy(make_random_search),
    "halving": Strategy(make_halving_search),
    "halving_epochs": Strategy(make_epoch_halving_search),
}


def get_strategy(name: str) -> Strategy:
    """Find a strategy by its name.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if name not in STRATEGIES:
        raise ValueError(unknown_name("search", name, STRATEGIES))
    return STRATEGIES[name]
