"""The systems of quality.py, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import _peers
import _searches
from _ablations import ABLATIONS
from _problem import Model, Problem

OURS = "skautogen"


@dataclass(frozen=True)
class System:
    """A system.

    Parameters
    ----------
    make : callable
        Problem -> Model. Imports what it needs.
    distribution : str
        The package whose version is noted.
    install : str, default=None
        What ``pip install`` is told; None is the distribution.
    """

    make: Callable[[Problem], Model]
    distribution: str
    install: str | None = None

    @property
    def command(self) -> str:
        """The command that brings it."""
        return f"pip install {self.install or self.distribution}"


def skautogen(
    problem: Problem,
    knows_scoring: bool = True,
    is_limited: bool = True,
    ablation: str | None = None,
) -> Model:
    """Our estimators, told what is scored and how long they may take, or not."""
    # A user has Keras imported before the call of fit that is measured.
    import keras  # noqa: F401

    from skautogen import AutoGenClassifier, AutoGenRegressor

    settings: dict[str, Any] = {"random_state": problem.seed}
    if ablation is not None:
        settings |= ABLATIONS[ablation]()
    if is_limited:
        settings["time_limit"] = problem.seconds
    if not problem.is_classification:
        return Model(AutoGenRegressor(**settings))
    if knows_scoring:
        settings["scoring"] = problem.scoring
    return Model(AutoGenClassifier(**settings))


SYSTEMS: Mapping[str, System] = {
    OURS: System(skautogen, OURS),
    f"{OURS}-default": System(partial(skautogen, knows_scoring=False), OURS),
    f"{OURS}-nolimit": System(partial(skautogen, is_limited=False), OURS),
    **{
        f"{OURS}-{name}": System(partial(skautogen, ablation=name), OURS)
        for name in ABLATIONS
    },
    "mlp": System(_searches.mlp, "scikit-learn"),
    "scikeras": System(_searches.scikeras, "scikeras", "scikeras tensorflow"),
    "hgb": System(_peers.hgb, "scikit-learn"),
    "catboost": System(_peers.catboost, "catboost"),
    "realmlp": System(_peers.realmlp, "pytabkit"),
    "tabm": System(_peers.tabm, "pytabkit"),
    "autogluon": System(
        _peers.autogluon,
        "autogluon.tabular",
        '"autogluon.tabular[catboost,lightgbm,xgboost]" torch',
    ),
    "autogluon-nn": System(
        _peers.autogluon_nn, "autogluon.tabular", "autogluon.tabular torch"
    ),
    "flaml": System(_peers.flaml, "flaml", "flaml lightgbm xgboost"),
}


def is_ours(name: str) -> bool:
    """Tell whether a system is this library."""
    return SYSTEMS[name].distribution == OURS
