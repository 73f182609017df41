"""Optimisation algorithms by name, each Keras' own with settings that suit tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .._backend import load_keras

if TYPE_CHECKING:
    import keras

    from ._schedules import Rate


# Parts of the names of variables that weight decay leaves alone.
_DO_NOT_DECAY = ("bias", "gamma", "beta", "frequency", "phase", "scale", "share")


def _keras(name: str, **settings: Any) -> Callable[..., keras.optimizers.Optimizer]:
    """Look the class up only when it is used: naming an optimizer costs no import."""

    def make(**more: Any) -> keras.optimizers.Optimizer:
        return getattr(load_keras().optimizers, name)(**settings, **more)

    return make


OPTIMIZERS: dict[str, Callable[..., keras.optimizers.Optimizer]] = {
    "sgd": _keras("SGD"),
    "momentum": _keras("SGD", momentum=0.9, nesterov=True),
    "rmsprop": _keras("RMSprop"),
    "adagrad": _keras("Adagrad"),
    "adam": _keras("Adam"),
    "adamw": _keras("AdamW"),
    "nadam": _keras("Nadam"),
    "lion": _keras("Lion"),
}


def make_optimizer(
    name: str, learning_rate: Rate, weight_decay: float = 0.0
) -> keras.optimizers.Optimizer:
    """Make a Keras optimizer.

    Parameters
    ----------
    name : str
        A key of ``OPTIMIZERS``: ``"sgd"``, ``"momentum"`` (SGD with Nesterov momentum
        of 0.9), ``"rmsprop"``, ``"adagrad"``, ``"adam"``, ``"adamw"``, ``"nadam"`` or
        ``"lion"``.
    learning_rate : float or keras.optimizers.schedules.LearningRateSchedule
        As :func:`make_schedule` returns it.
    weight_decay : float, default=0.0
        Decoupled weight decay, for kernels and not for biases.

    Returns
    -------
    optimizer : keras.optimizers.Optimizer

    Examples
    --------
    >>> from skautogen.training import make_optimizer
    >>> make_optimizer("momentum", 0.1).nesterov
    True
    """
    # AdamW decays by default and refuses None; the others do neither.
    decays = weight_decay or name == "adamw"
    settings = {"weight_decay": float(weight_decay)} if decays else {}
    optimizer = OPTIMIZERS[name](learning_rate=learning_rate, **settings)
    if weight_decay:
        optimizer.exclude_from_weight_decay(var_names=list(_DO_NOT_DECAY))
    return optimizer


def decays(name: str) -> bool:
    """Whether weight decay shrinks a variable of this name."""
    return not any(part in name for part in _DO_NOT_DECAY)
