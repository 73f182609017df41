"""What the user says of some hyper-parameters, where the rest is left to us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from numpy.random import RandomState

from ..architectures import Architecture
from ..training import FLAT_NAMES, TrainingStrategy
from ._candidates import draw_value


@dataclass(frozen=True)
class NarrowedSpace(Mapping[str, Any]):
    """A ``param_space`` that says something of some hyper-parameters only.

    Choose it over a dict where you know a value or a range, and want the architecture's
    own space and portfolio for all others. A dict is all that is searched.

    Parameters
    ----------
    given : mapping
        Hyper-parameters, each with a list of values or a distribution.

    Examples
    --------
    >>> from skautogen import AutoGenClassifier
    >>> from skautogen.search import NarrowedSpace
    >>> AutoGenClassifier(param_space=NarrowedSpace({"dropout": [0.1]}))
    AutoGenClassifier(param_space=NarrowedSpace(given={'dropout': [0.1]}))
    """

    given: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)

    def narrow(self, architecture: Architecture, seed: int) -> Architecture:
        """Keep an architecture's space, grid and portfolio to what is given.

        Parameters
        ----------
        architecture : Architecture
        seed : int
            Of what is drawn for candidates of the portfolio that have no value of what
            is given, or another.

        Returns
        -------
        architecture : Architecture
            It is given what it knows of the hyper-parameters.
        """
        given = {name: self[name] for name in self if self._is_of(architecture, name)}
        own = architecture.space
        spaces = [own] if isinstance(own, Mapping) else own
        return replace(
            architecture,
            space=[{**each, **given} for each in spaces],
            grid={**architecture.grid, **given},
            portfolio=_kept_to(
                # One without a portfolio begins with its defaults.
                architecture.portfolio or ({},),
                given,
                RandomState(seed),
            ),
        )

    def check(self) -> None:
        """Refuse what says nothing of a space.

        Raises
        ------
        ValueError
            If a value is no list and no distribution, or an architecture is named.
        """
        if "architecture" in self.given:
            raise ValueError(
                "NarrowedSpace is of the architectures that are named by the parameter "
                "architecture; got 'architecture' in it. Name them there."
            )
        for name, values in self.given.items():
            is_list = hasattr(values, "__len__") and not isinstance(values, str)
            if not hasattr(values, "rvs") and not (is_list and len(values)):
                raise ValueError(
                    f"NarrowedSpace: {name} must be a list of values or a distribution "
                    f"with rvs; got {values!r}. A single value is a list of one."
                )

    def _is_of(self, architecture: Architecture, name: str) -> bool:
        """Whether a hyper-parameter is of an architecture, or of its training."""
        known = TrainingStrategy.searched_names() | architecture.hyperparameters
        return name in known or name in FLAT_NAMES or architecture.takes_any_keyword


def _kept_to(
    portfolio: Sequence[Mapping[str, Any]],
    given: Mapping[str, Any],
    random_state: RandomState,
) -> list[dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = {}
    for each in portfolio:
        candidate = dict(each)
        for name, values in given.items():
            if name not in each or not _is_of(values, each[name]):
                candidate[name] = draw_value(values, random_state)
        # What has lost its difference is no candidate of its own.
        kept.setdefault(repr(sorted(candidate.items())), candidate)
    return list(kept.values())


def _is_of(values: Any, value: Any) -> bool:
    """Whether a value is among those that are listed, or in the range."""
    if hasattr(values, "support"):
        low, high = values.support()
        return bool(low <= value <= high)
    return not hasattr(values, "rvs") and repr(value) in map(repr, values)
