"""The tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011), of Optuna."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from numbers import Integral
from typing import Any, ClassVar

import numpy as np
from numpy.random import RandomState
from sklearn.base import BaseEstimator

from .._compat import Interval, validate_parameter_constraints
from ._candidates import Candidate, CandidateSpace, value_at
from ._proposer import Trial

# Names the mapping that a candidate is of, where the space has several.
_SPACE = "(space)"


class TPE(BaseEstimator):
    """Propose candidates where good ones are dense and bad ones are not.

    Choose it, as ``search="tpe"``, where a candidate takes long and hyper-parameters
    are numbers: after some ten candidates it knows what it has learnt from them.
    Needs the extra ``tpe`` (Optuna).

    Parameters
    ----------
    n_startup : int, default=8
        Candidates that are drawn before the estimator is asked.
    n_at_once : int, default=4
        Candidates that are proposed, and trained, together.

    References
    ----------
    J. Bergstra, R. Bardenet, Y. Bengio, B. Kégl, "Algorithms for Hyper-Parameter
    Optimization", NeurIPS 2011.

    Examples
    --------
    >>> from skautogen import AutoGenClassifier
    >>> model = AutoGenClassifier(search="tpe", n_iter=40)
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "n_startup": [Interval(Integral, 0, None, closed="left")],
        "n_at_once": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(self, n_startup: int = 8, *, n_at_once: int = 4) -> None:
        self.n_startup = n_startup
        self.n_at_once = n_at_once

    def propose(
        self,
        space: CandidateSpace,
        trials: Sequence[Trial],
        n_left: int,
        random_state: RandomState,
    ) -> list[Candidate]:
        """Propose candidates; see :class:`~skautogen.search.Proposer`."""
        optuna = _load_optuna()
        with _quiet(optuna):
            return self._propose(optuna, space, trials, n_left, random_state)

    def check(self, space: CandidateSpace) -> None:
        """Refuse what cannot be modelled; see :class:`~skautogen.search.Proposer`."""
        validate_parameter_constraints(
            self._parameter_constraints, self.get_params(), type(self).__name__
        )
        _load_optuna()
        for each in space.spaces:
            for name, values in each.items():
                if hasattr(values, "rvs") and not hasattr(values, "ppf"):
                    raise ValueError(
                        'search="tpe" takes lists and distributions of SciPy\'s; '
                        f"{name!r} has {values!r}. Another search, such as "
                        'search="evolution", draws from anything.'
                    )

    def _propose(
        self,
        optuna: Any,
        space: CandidateSpace,
        trials: Sequence[Trial],
        n_left: int,
        random_state: RandomState,
    ) -> list[Candidate]:
        sampler = optuna.samplers.TPESampler(
            n_startup_trials=self.n_startup,
            # Of what is proposed together, each keeps away from the others.
            constant_liar=True,
            seed=random_state.randint(2**31 - 1),
        )
        study = optuna.create_study(direction="maximize", sampler=sampler)
        for trial in trials:
            if not np.isnan(trial.score):
                study.add_trial(_told(optuna, space, trial))
        asked = (study.ask() for _ in range(min(self.n_at_once, n_left)))
        return [_suggest(space, each) for each in asked]


def _load_optuna() -> Any:
    try:
        import optuna
    except ImportError as error:
        raise ImportError(
            'search="tpe" needs Optuna: pip install "skautogen[tpe]".'
        ) from error
    return optuna


@contextmanager
def _quiet(optuna: Any) -> Iterator[None]:
    """Keep Optuna from logging each study, and leave its logger as it was."""
    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        yield
    finally:
        optuna.logging.set_verbosity(verbosity)


def _suggest(space: CandidateSpace, trial: Any) -> Candidate:
    """Ask for a candidate: distributions by quantiles, lists by places."""
    number = 0
    if len(space.spaces) > 1:
        number = trial.suggest_categorical(_SPACE, list(range(len(space.spaces))))
    candidate = {}
    for name, values in space.spaces[number].items():
        label = f"{number}.{name}"
        if hasattr(values, "ppf"):
            value = value_at(values, trial.suggest_float(label, 0.0, 1.0))
        else:
            places = list(range(len(values)))
            value = list(values)[trial.suggest_categorical(label, places)]
        candidate[name] = value
    return candidate


def _told(optuna: Any, space: CandidateSpace, trial: Trial) -> Any:
    """A finished trial, as Optuna is told of it; of a default nothing is said."""
    mapping = space.space_of(trial.candidate)
    number = next(k for k, each in enumerate(space.spaces) if each is mapping)
    params: dict[str, Any] = {}
    distributions: dict[str, Any] = {}

    def tell(label: str, value: Any, distribution: Any) -> None:
        params[label], distributions[label] = value, distribution

    categorical = optuna.distributions.CategoricalDistribution
    if len(space.spaces) > 1:
        tell(_SPACE, number, categorical(list(range(len(space.spaces)))))
    for name, values in mapping.items():
        label = f"{number}.{name}"
        if name not in trial.candidate:
            continue
        value = trial.candidate[name]
        if hasattr(values, "ppf"):
            quantile = float(np.clip(values.cdf(value), 0.0, 1.0))
            tell(label, quantile, optuna.distributions.FloatDistribution(0.0, 1.0))
        elif (place := _place(values, value)) is not None:
            tell(label, place, categorical(list(range(len(values)))))
    return optuna.trial.create_trial(
        params=params, distributions=distributions, value=trial.score
    )


def _place(values: Sequence[Any], value: Any) -> int | None:
    places: Mapping[str, int] = {repr(each): k for k, each in enumerate(values)}
    return places.get(repr(value))
