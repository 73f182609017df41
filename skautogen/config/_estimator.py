"""A configuration as an estimator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..architectures import LayerList
from ..architectures._ranges import drawn_from
from ..search import NarrowedSpace
from ..search._space import SELECTION_SPACE
from ..training import TrainingStrategy
from ._section import Between, Choices

if TYPE_CHECKING:
    from .. import AutoGenClassifier, AutoGenRegressor
    from ._config import Config

# What the estimator takes under the same name: the section, and its keys.
_SETTINGS = {
    "search": ("n_iter", "time_limit", "cv", "scoring"),
    "model": ("feature_selection", "ensemble_size"),
    "training": (
        *("epochs", "early_stopping", "class_weight", "engine", "n_jobs"),
        "random_state",
    ),
}


def make_estimator(
    config: Config, verbose: int
) -> AutoGenClassifier | AutoGenRegressor:
    """Make the estimator that a configuration describes.

    Parameters
    ----------
    config : Config
    verbose : int

    Returns
    -------
    estimator : AutoGenClassifier or AutoGenRegressor
    """
    from ..classifier import AutoGenClassifier
    from ..regressor import AutoGenRegressor

    architecture = _architecture(config)
    settings: dict[str, Any] = {
        "architecture": architecture,
        "search": config.search.strategy,
        "param_space": _space(config, architecture),
        "input_kind": config.task.kind,
        "sampling_rate": config.task.dataset.sampling_rate,
        "verbose": verbose,
    }
    for section, keys in _SETTINGS.items():
        for key in keys:
            settings[key] = getattr(getattr(config, section), key)
    if config.task.is_classification:
        return AutoGenClassifier(**settings)
    del settings["class_weight"]
    return AutoGenRegressor(**settings)


def _architecture(config: Config) -> Any:
    model = config.model
    if model.layers is None:
        return model.architecture
    is_text = config.task.kind == "text"
    return LayerList(
        model.model_dump()["layers"], representation="tokens" if is_text else None
    )


def _space(config: Config, architecture: Any) -> Any:
    """What the file says of what is searched.

    None leaves all to the estimator. Layers have no space but that of the file.
    """
    given = _given(config)
    if not isinstance(architecture, LayerList):
        return NarrowedSpace(given) if given else None
    space = {**architecture.space, **given}
    if config.model.feature_selection is not None:
        space |= SELECTION_SPACE
    return space


def _given(config: Config) -> dict[str, Any]:
    """Hyper-parameters of the file, and the values or the distribution of each."""
    training = {
        key: getattr(config.training, key)
        for key in sorted(TrainingStrategy.searched_names() - {"epochs"})
    }
    given = {**training, **(config.model.hyperparameters or {})}
    # What is left out of the training is None; of an architecture it is a value.
    return {
        key: _values(value)
        for key, value in given.items()
        if value is not None or key not in training
    }


def _values(value: Any) -> Any:
    if isinstance(value, (Between, Choices)):
        return drawn_from(value.model_dump())
    return [tuple(value) if isinstance(value, list) else value]
