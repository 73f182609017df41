"""The training of a network as source: optimizer, schedule, and the fit itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ._fragment import Fragment
from ._optimizer import is_scheduled, optimizer_source
from ._refusal import CannotGenerateError
from ._schedules import SCHEDULE_SOURCES
from ._train_function import TrainFunction
from .preparers import PreparationSource


@dataclass(frozen=True)
class TrainingSource:
    """What trains a network.

    Attributes
    ----------
    parts : tuple of str
        Files of :mod:`.parts` that it needs.
    functions : Fragment
        ``make_optimizer`` and ``train``.
    settings : dict of str -> object
        Constants at the head of the file.
    """

    parts: tuple[str, ...]
    functions: Fragment
    settings: dict[str, Any]


def training_source(
    network: Any,
    class_weight: Any,
    preparation: PreparationSource,
    *,
    stratifies: bool,
) -> TrainingSource:
    """Write the functions that train a network as it was trained.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted.
    class_weight : dict, "balanced" or None
    preparation : PreparationSource
    stratifies : bool
        Whether rows are held out in the shares of the classes.

    Returns
    -------
    source : TrainingSource

    Raises
    ------
    CannotGenerateError
        If the training is not described by its hyper-parameters.
    """
    strategy = network.strategy
    schedule = SCHEDULE_SOURCES[strategy.schedule]
    settings = training_settings(network, class_weight)
    settings["LOG_EVERY"] = -(-settings["EPOCHS"] // 10)
    train = TrainFunction(
        loss=loss_source(network, smooths=bool(strategy.label_smoothing)),
        is_classifier=hasattr(network, "classes_"),
        one_hot=wants_one_hot(network, smooths=bool(strategy.label_smoothing)),
        weighs=class_weight is not None,
        repeats=preparation.counts_weights and count_more_than_once(class_weight),
        watches=watches_rows(network),
        stratifies=stratifies,
        is_scheduled=is_scheduled([strategy]),
        preparation=preparation,
    )
    optimizer = optimizer_source([strategy], [network.model_], {})
    functions = Fragment.of(f"{optimizer}\n\n\n{train.code}", *train.imports)
    target = "labels" if train.is_classifier else "target_scaler"
    parts = *schedule.parts, target, "log_progress"
    return TrainingSource(parts, functions, settings)


def training_settings(network: Any, class_weight: Any) -> dict[str, Any]:
    """Read the constants of a training.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted.
    class_weight : dict, "balanced" or None

    Returns
    -------
    settings : dict of str -> object

    Raises
    ------
    CannotGenerateError
        If the training is not described by its hyper-parameters.
    """
    strategy = network.strategy
    _refuse_what_is_not_told(network, strategy)
    watches = watches_rows(network)
    # Without a watch, a training that ends sooner was given less time.
    n_epochs = strategy.n_epochs if watches else len(network.history_["loss"])
    settings: dict[str, Any] = {
        "SEED": int(network.seed),
        "EPOCHS": n_epochs,
        "BATCH_SIZE": strategy.rows_per_step(network.X_shape_[0]),
        "LEARNING_RATE": float(strategy.learning_rate),
    }
    if strategy.weight_decay:
        settings["WEIGHT_DECAY"] = float(strategy.weight_decay)
    if strategy.label_smoothing:
        settings["LABEL_SMOOTHING"] = float(strategy.label_smoothing)
    if class_weight is not None:
        settings["CLASS_WEIGHT"] = _plain_weights(class_weight)
    if watches:
        settings |= {"PATIENCE": strategy.patience, "HOLD_OUT": 0.15}
    return settings


def watches_rows(network: Any) -> bool:
    """Whether early stopping has watched rows of their own."""
    return "val_loss" in network.history_


def _refuse_what_is_not_told(network: Any, strategy: Any) -> None:
    if network.callbacks:
        names = ", ".join(type(each).__name__ for each in network.callbacks)
        raise CannotGenerateError(
            f"callbacks ({names}) are code of yours that cannot be written as source. "
            "Fit with callbacks=None."
        )
    if strategy.last_epoch != strategy.n_epochs:
        raise CannotGenerateError(
            f"The network was left after {strategy.last_epoch} of {strategy.n_epochs} "
            "epochs, and a generated training goes through all of its schedule. Fit "
            "with another search."
        )


def _plain_weights(class_weight: Any) -> Any:
    if isinstance(class_weight, str):
        return class_weight
    plain = {_plain(label): _plain(weight) for label, weight in class_weight.items()}
    if not all(weight > 0 for weight in plain.values()):
        raise CannotGenerateError(
            f"class_weight={class_weight!r} leaves classes out, which a generated "
            "training does not. Remove their rows before fit."
        )
    return plain


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def count_more_than_once(class_weight: Any) -> bool:
    """Whether rows are to the preparation as if repeated by their weights."""
    if not isinstance(class_weight, Mapping):
        return False
    weights = list(class_weight.values())
    return max(weights) > 1 and all(weight == int(weight) for weight in weights)


def wants_one_hot(network: Any, *, smooths: bool) -> bool:
    """Whether the loss wants one-hot labels: Keras smooths no others."""
    return smooths and len(getattr(network, "classes_", ())) > 2


def loss_source(
    network: Any, *, smooths: bool, smoothing: str = "LABEL_SMOOTHING"
) -> str:
    """Write the loss, as ``compile`` takes it.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
    smooths : bool
        Whether labels are smoothed.
    smoothing : str, default="LABEL_SMOOTHING"
        By how much, as an expression.

    Returns
    -------
    source : str
    """
    if not hasattr(network, "classes_"):
        return '"mean_squared_error"'
    kind = "Binary" if len(network.classes_) == 2 else "Categorical"
    if smooths:
        return f"keras.losses.{kind}Crossentropy(label_smoothing={smoothing})"
    name = "binary" if kind == "Binary" else "sparse_categorical"
    return f'"{name}_crossentropy"'
