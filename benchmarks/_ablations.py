"""Our estimators without one ingredient each: what each brings, by quality.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def _drawn() -> dict[str, Any]:
    return {"param_space": dict(_space())}


def _of_one_length() -> dict[str, Any]:
    space = {k: v for k, v in _space().items() if k != "epoch_share"}
    return {"param_space": space}


def _space() -> Mapping[str, Any]:
    from skautogen.architectures import ARCHITECTURES

    return ARCHITECTURES["realmlp"].space


# What is told to the estimators, by what they are without.
ABLATIONS: Mapping[str, Callable[[], dict[str, Any]]] = {
    # The best network, trained on all rows, answers alone.
    "no-ensemble": lambda: {"ensemble_size": 0},
    # Networks of the folds of one candidate answer together.
    "one-candidate": lambda: {"n_iter": 1},
    # The same space, from the first candidate on by chance.
    "no-portfolio": _drawn,
    # By chance too; rows are held out, and tell each training when to end.
    "no-lengths": _of_one_length,
    # Numbers as they are, no waves of them; a space and a portfolio of its own.
    "mlp": lambda: {"architecture": "mlp"},
    "resnet": lambda: {"architecture": "resnet"},
    "tabm": lambda: {"architecture": "tabm"},
}
