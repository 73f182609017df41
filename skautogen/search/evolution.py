"""Regularised evolution (Real, Aggarwal, Huang and Le, AAAI 2019)."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any, ClassVar

import numpy as np
from numpy.random import RandomState
from sklearn.base import BaseEstimator

from .._compat import Interval, validate_parameter_constraints
from ._candidates import Candidate, CandidateSpace
from ._proposer import Trial

# Tries to find a candidate that has not been tried, before one is tried again.
_MOST_TRIES = 20
# Share of the children that are drawn until the population is full. Breeding begins at
# once: those known to do well are better parents than what is drawn.
_SHARE_DRAWN = 0.25


class Evolution(BaseEstimator):
    """Breed candidates from the best of a few: those of the population that are drawn.

    Choose it, as ``search="evolution"``, where there is time for some dozens of
    candidates and the best structure is not known. The oldest die, however good they
    are: what was lucky once has to be found again by its children.

    Parameters
    ----------
    population_size : int, default=16
        The last so many candidates can be parents. Until there are as many, some are
        drawn by chance, after those known to do well.
    sample_size : int, default=5
        Of these, so many are drawn, and the best of them is the parent.
    n_children : int, default=4
        Candidates of a generation, which are trained together.
    crossover : float in [0, 1], default=0.25
        Share of children that have two parents. All are mutated.

    References
    ----------
    E. Real, A. Aggarwal, Y. Huang, Q. V. Le, "Regularized Evolution for Image
    Classifier Architecture Search", AAAI 2019.

    Examples
    --------
    >>> from skautogen import AutoGenClassifier
    >>> from skautogen.search import Evolution
    >>> model = AutoGenClassifier(search=Evolution(sample_size=8), n_iter=60)
    """

    searches_structures: ClassVar[bool] = True

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "population_size": [Interval(Integral, 2, None, closed="left")],
        "sample_size": [Interval(Integral, 1, None, closed="left")],
        "n_children": [Interval(Integral, 1, None, closed="left")],
        "crossover": [Interval(Real, 0, 1, closed="both")],
    }

    def __init__(
        self,
        population_size: int = 16,
        *,
        sample_size: int = 5,
        n_children: int = 4,
        crossover: float = 0.25,
    ) -> None:
        self.population_size = population_size
        self.sample_size = sample_size
        self.n_children = n_children
        self.crossover = crossover

    def propose(
        self,
        space: CandidateSpace,
        trials: Sequence[Trial],
        n_left: int,
        random_state: RandomState,
    ) -> list[Candidate]:
        """Propose a generation; see :class:`~skautogen.search.Proposer`."""
        alive = [each for each in trials if not np.isnan(each.score)]
        alive = alive[-self.population_size :]
        tried = {_key(each.candidate) for each in trials}
        children: list[Candidate] = []
        for _ in range(min(self.n_children, n_left)):
            for _ in range(_MOST_TRIES):
                if not alive or (
                    len(alive) < self.population_size
                    and random_state.uniform() < _SHARE_DRAWN
                ):
                    child = space.draw(random_state)
                else:
                    child = self._breed(space, alive, random_state)
                if _key(child) not in tried:
                    tried.add(_key(child))
                    children.append(child)
                    break
        return children

    def check(self, space: CandidateSpace) -> None:
        """Refuse settings that are none; see :class:`~skautogen.search.Proposer`."""
        validate_parameter_constraints(
            self._parameter_constraints, self.get_params(), type(self).__name__
        )

    def _breed(
        self, space: CandidateSpace, alive: Sequence[Trial], random_state: RandomState
    ) -> Candidate:
        child = self._parent(alive, random_state)
        if random_state.uniform() < self.crossover:
            child = space.cross(child, self._parent(alive, random_state), random_state)
        return space.mutate(child, random_state)

    def _parent(self, alive: Sequence[Trial], random_state: RandomState) -> Candidate:
        n_drawn = min(self.sample_size, len(alive))
        drawn = random_state.choice(len(alive), n_drawn, replace=False)
        return max((alive[number] for number in drawn), key=lambda e: e.score).candidate


def _key(candidate: Candidate) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(value)) for name, value in candidate.items()))
