"""The space of a search's candidates: drawn, changed, and crossed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.random import RandomState
from sklearn.model_selection import ParameterSampler

from ..structures import neighbour

Candidate = dict[str, Any]

# How often a change is one of the structure, where that is searched.
_SHARE_OF_STRUCTURES = 0.5
# Deviation of a change of a number that has a distribution, in quantiles of it.
_STEP = 0.15
# Changes of one hyper-parameter that are tried until its value is another.
_MOST_TRIES = 20


class CandidateSpace:
    """What a strategy proposes from.

    Parameters
    ----------
    spaces : sequence of mappings
        Hyper-parameters, each with a list of values or a distribution: an object with
        ``rvs(random_state=)``. A candidate is of one of these mappings.

    Attributes
    ----------
    spaces : sequence of mappings

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.search import CandidateSpace
    >>> space = CandidateSpace([{"dropout": [0.0, 0.1, 0.2], "optimizer": ["adam"]}])
    >>> space.mutate({"dropout": 0.0, "optimizer": "adam"}, np.random.RandomState(0))
    {'dropout': 0.1, 'optimizer': 'adam'}
    """

    def __init__(self, spaces: Sequence[Mapping[str, Any]]) -> None:
        self.spaces = list(spaces)

    def draw(self, random_state: RandomState) -> Candidate:
        """Draw a candidate, as ``RandomizedSearchCV`` does."""
        (drawn,) = ParameterSampler(self.spaces, 1, random_state=random_state)
        return dict(drawn)

    def space_of(self, candidate: Mapping[str, Any]) -> Mapping[str, Any]:
        """The mapping that a candidate is of, or comes nearest to."""

        def unlikeness(space: Mapping[str, Any]) -> tuple[int, int]:
            n_unlike = sum(
                name not in space or not _may_be(space[name], value)
                for name, value in candidate.items()
            )
            return n_unlike, len(set(space) - set(candidate))

        return min(self.spaces, key=unlikeness)

    def mutate(
        self, candidate: Mapping[str, Any], random_state: RandomState
    ) -> Candidate:
        """Change one hyper-parameter, by little where its values have an order.

        Parameters
        ----------
        candidate : mapping
        random_state : RandomState

        Returns
        -------
        candidate : dict
            Another one, where one is found.
        """
        space = self.space_of(candidate)
        names = [name for name, values in space.items() if not _is_single(values)]
        if not names:
            return dict(candidate)
        structures = [name for name in names if hasattr(space[name], "mutate")]
        others = [name for name in names if name not in structures]
        if structures:
            of_structures = random_state.uniform() < _SHARE_OF_STRUCTURES
            names = structures if of_structures or not others else others
        name = names[random_state.randint(len(names))]
        if name not in candidate:  # it has its default
            return {**candidate, name: draw_value(space[name], random_state)}
        value = before = candidate[name]
        for _ in range(_MOST_TRIES):
            value = _change(space[name], before, random_state)
            if repr(value) != repr(before):
                break
        return {**candidate, name: value}

    def cross(
        self,
        one: Mapping[str, Any],
        other: Mapping[str, Any],
        random_state: RandomState,
    ) -> Candidate:
        """Take each hyper-parameter from one of two candidates.

        Structures are crossed themselves. Candidates of different mappings do not
        cross: the first is returned.
        """
        space = self.space_of(one)
        if self.space_of(other) is not space:
            return dict(one)
        child = dict(one)
        for name, value in other.items():
            if hasattr(space.get(name), "cross") and name in one:
                child[name] = space[name].cross(one[name], value, random_state)
            elif random_state.uniform() < 0.5:
                child[name] = value
        return child


def _is_single(values: Any) -> bool:
    return not hasattr(values, "rvs") and len({repr(each) for each in values}) < 2


def _may_be(values: Any, value: Any) -> bool:
    if hasattr(values, "rvs"):
        return True
    return repr(value) in map(repr, values)


def draw_value(values: Any, random_state: RandomState) -> Any:
    """Draw one of a list of values, or a value of a distribution.

    Parameters
    ----------
    values : list or distribution
    random_state : RandomState

    Returns
    -------
    value : object
    """
    if hasattr(values, "rvs"):
        return values.rvs(random_state=random_state)
    return list(values)[random_state.randint(len(values))]


def _change(values: Any, value: Any, random_state: RandomState) -> Any:
    if hasattr(values, "mutate"):
        return values.mutate(value, random_state)
    if not hasattr(values, "rvs"):
        return neighbour(list(values), value, random_state)
    if not hasattr(values, "ppf"):
        return draw_value(values, random_state)
    # Beyond the ends of the distribution is as far within them.
    quantile = abs(float(values.cdf(value)) + random_state.normal(0, _STEP)) % 2
    return value_at(values, min(quantile, 2 - quantile))


def value_at(distribution: Any, quantile: float) -> int | float:
    """The value of a distribution of SciPy's at a quantile, as ``rvs`` would give it.

    Parameters
    ----------
    distribution : frozen distribution
    quantile : float in [0, 1]

    Returns
    -------
    value : int or float
    """
    value = distribution.ppf(np.clip(quantile, 1e-6, 1 - 1e-6)).item()
    return int(value) if hasattr(distribution, "pmf") else value
