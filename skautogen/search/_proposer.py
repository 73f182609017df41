"""The seam of strategies: which candidates next, given the results so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from numpy.random import RandomState

from ._candidates import Candidate, CandidateSpace


@dataclass(frozen=True)
class Trial:
    """A candidate that has been trained and scored on every fold.

    Attributes
    ----------
    candidate : dict
    score : float
        The mean over the folds, the greater the better; NaN if the candidate failed.
    seconds : float
        What its trainings took, on average.
    """

    candidate: Candidate
    score: float
    seconds: float


class Proposer(Protocol):
    """A search strategy; one of your own is given as ``search=``.

    It may have more: an attribute ``searches_structures``, whether
    ``architecture="auto"`` is to be one whose structure is searched, and a method
    ``check(space)``, which refuses a space before anything is trained.

    Examples
    --------
    A strategy that climbs from the best candidate so far:

    >>> class HillClimbing:
    ...     def propose(self, space, trials, n_left, random_state):
    ...         known = [each for each in trials if each.score == each.score]
    ...         if not known:
    ...             return [space.draw(random_state)]
    ...         best = max(known, key=lambda each: each.score)
    ...         return [space.mutate(best.candidate, random_state)]
    >>> from skautogen import AutoGenClassifier
    >>> model = AutoGenClassifier(search=HillClimbing(), n_iter=8)
    """

    def propose(
        self,
        space: CandidateSpace,
        trials: Sequence[Trial],
        n_left: int,
        random_state: RandomState,
    ) -> Sequence[Candidate]:
        """Propose the candidates that are tried next, together.

        Parameters
        ----------
        space : CandidateSpace
            What candidates there are.
        trials : sequence of Trial
            In the order tried; those that are known to do well on many data sets come
            first.
        n_left : int
            Candidates that may still be tried. More than these are left out.
        random_state : RandomState
            The one source of chance.

        Returns
        -------
        candidates : sequence of dict
            An empty one ends the search.
        """
        ...
