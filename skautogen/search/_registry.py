"""The search strategies there are, by name. A new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from .._spelling import unknown_name
from ._candidates import CandidateSpace
from ._proposed import make_proposed_search
from ._proposer import Proposer
from .evolution import Evolution
from .grid import make_grid_search
from .halving import make_halving_search
from .halving_epochs import make_epoch_halving_search
from .random import make_random_search
from .tpe import TPE


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
    proposes : bool
        Whether it is asked again and again, and the more often the better.
    searches_structures : bool
        Whether ``architecture="auto"`` is one whose structure is searched.
    check : callable
        Refuses a space, before anything is trained.
    """

    make: Callable[..., Any]
    space: str = "space"
    draws: bool = True
    proposes: bool = False
    searches_structures: bool = False
    check: Callable[[CandidateSpace], None] = lambda space: None

    @classmethod
    def of(cls, proposer: Proposer) -> Strategy:
        """Make a strategy of what proposes candidates."""
        return cls(
            partial(make_proposed_search, proposer),
            proposes=True,
            searches_structures=getattr(proposer, "searches_structures", False),
            check=getattr(proposer, "check", lambda space: None),
        )


STRATEGIES: dict[str, Strategy] = {
    "grid": Strategy(make_grid_search, space="grid", draws=False),
    "random": Strategy(make_random_search),
    "halving": Strategy(make_halving_search),
    "halving_epochs": Strategy(make_epoch_halving_search),
    "evolution": Strategy.of(Evolution()),
    "tpe": Strategy.of(TPE()),
}


def get_strategy(search: str | Proposer) -> Strategy:
    """Find a strategy by its name, or make one of what proposes candidates.

    Parameters
    ----------
    search : str or Proposer

    Returns
    -------
    strategy : Strategy

    Raises
    ------
    ValueError
        If there is none of that name.
    TypeError
        If it is a class.
    """
    if isinstance(search, type):
        raise TypeError(
            f"search must be a name or an object; got the class {search.__name__}. "
            f"Make one of it: search={search.__name__}()."
        )
    if not isinstance(search, str):
        return Strategy.of(search)
    if search not in STRATEGIES:
        raise ValueError(unknown_name("search", search, STRATEGIES))
    return STRATEGIES[search]
