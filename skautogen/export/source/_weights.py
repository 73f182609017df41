"""What a fitted estimator has learned, as a generated file saves and reads it."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .ensemble import Member
from .preparers import PreparationSource


def write_weights(path: Path, preparation: PreparationSource, network: Any) -> None:
    """Let a file itself save a network, with the weights of the estimator's.

    Parameters
    ----------
    path : Path
        Of the generated file.
    preparation : PreparationSource
        Of what the network takes.
    network : NetworkClassifier or NetworkRegressor
    """
    module = _import(path)
    made = _learned(module, preparation, network)
    made.append(_model(module.build_model, [], preparation, network))
    module.save(made[0] if len(made) == 1 else module.Trained(*made))


def write_all_weights(
    path: Path, preparations: Sequence[PreparationSource], members: Sequence[Member]
) -> None:
    """The same for the networks of an ensemble.

    Parameters
    ----------
    path : Path
    preparations : sequence of PreparationSource
        Of each network.
    members : sequence of Member
    """
    module = _import(path)
    every = [
        settings
        for settings in module.NETWORKS
        for _ in getattr(settings, "folds", ()) or [None]
    ]
    networks = []
    shared: dict[int, Any] = {}
    for settings, preparation, member in zip(every, preparations, members, strict=True):
        learned = _learned(module, preparation, member.network)
        if not preparation.is_raw:  # once in the file for all networks of a fold
            learned[0] = shared.setdefault(id(preparation), learned[0])
        build = getattr(settings, "build", None) or module.build_model
        takes = "settings" in build.__annotations__
        given = [settings] if takes else []
        model = _model(build, given, preparation, member.network)
        networks.append(module.Network(settings.weight, *learned, model))
    module.save(networks)


def _import(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _model(
    build: Any, given: list[Any], preparation: PreparationSource, network: Any
) -> Any:
    """The network, as the file builds it."""
    from ...training._seeded import seeded

    sizes = [] if preparation.size is None else [preparation.size.value]
    with seeded(network.seed, draws_from_keras=True):  # to be replaced
        model = build(*given, *sizes)
    model.set_weights(network.weights_)
    return model


def _learned(module: Any, preparation: PreparationSource, network: Any) -> list[Any]:
    """The preparation and the scale of the target, those that there are."""
    made = []
    if not preparation.is_raw:
        preprocessing = module.make_preprocessing()
        vars(preprocessing).update(preparation.learned)
        made.append(preprocessing)
    if not hasattr(network, "classes_"):
        made.append(_target_scaler(module, network))
    return made


def _target_scaler(module: Any, network: Any) -> Any:
    """The scaler of a generated file, as the network's has learned."""
    from sklearn.preprocessing import StandardScaler

    learned = network._target_scaler
    scaler = StandardScaler()
    scaler.mean_ = learned.mean_
    scaler.scale_ = learned.scale_
    scaler.var_ = learned.scale_**2
    scaler.n_features_in_ = len(learned.mean_)
    target = module.TargetScaler()
    target.scaler = scaler
    target.low, target.high = network._target_range
    return target
