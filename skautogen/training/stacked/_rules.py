"""Optimizers as numbers: one update, and for each optimizer the numbers that make it.

With g the gradient of a weight w, and two slots m and v, the update is

    d = from_first * m + from_gradient * g
    m = keep_first * m + add_first * g
    v = keep_second * v + add_second * g ** 2
    w = w - shrink * w - scale * d / (sqrt(v + inside) + outside)
    w = w - shrink * w - scale * sign(d)                                (where signed)

Which optimizer a model has, its rate, schedule and decay are then numbers, stacked like
its weights: models with different optimizers are trained by one program, and each goes
through the same weights as with Keras' own optimizer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from keras import ops

_EPSILON = 1e-7


@dataclass(frozen=True)
class Coefficients:
    """The numbers of steps; what is left out does nothing.

    Attributes
    ----------
    all : float or ndarray of shape (s,)
    """

    scale: Any
    from_first: Any = 0.0
    from_gradient: Any = 0.0
    keep_first: Any = 1.0
    add_first: Any = 0.0
    keep_second: Any = 1.0
    add_second: Any = 0.0
    inside: Any = 1.0
    outside: Any = 0.0
    signed: Any = 0.0
    shrink: Any = 0.0


NAMES = tuple(each.name for each in fields(Coefficients))


@dataclass(frozen=True)
class Rule:
    """An optimizer.

    Attributes
    ----------
    coefficients : callable
        ``coefficients(rates, t)``: the numbers of the steps t, counted from 1.
    second : float
        What the second slot begins with.
    signed : bool
        Whether it steps by the sign of d.
    """

    coefficients: Callable[[np.ndarray, np.ndarray], Coefficients]
    second: float = 0.0
    signed: bool = False


def _sgd(rates: np.ndarray, t: np.ndarray) -> Coefficients:
    return Coefficients(scale=rates, from_gradient=1.0)


def _momentum(rates: np.ndarray, t: np.ndarray, momentum: float = 0.9) -> Coefficients:
    # Nesterov's look ahead: the momentum after this step, once more, and the gradient.
    return Coefficients(
        scale=1.0,
        from_first=momentum**2,
        from_gradient=(1 + momentum) * rates,
        keep_first=momentum,
        add_first=rates,
    )


def _rmsprop(rates: np.ndarray, t: np.ndarray, rho: float = 0.9) -> Coefficients:
    return Coefficients(
        scale=rates,
        from_gradient=1.0,
        keep_second=rho,
        add_second=1 - rho,
        inside=_EPSILON,
    )


def _adagrad(rates: np.ndarray, t: np.ndarray) -> Coefficients:
    return Coefficients(scale=rates, from_gradient=1.0, add_second=1.0, inside=_EPSILON)


def _adam(
    rates: np.ndarray, t: np.ndarray, beta_1: float = 0.9, beta_2: float = 0.999
) -> Coefficients:
    return Coefficients(
        scale=rates * np.sqrt(1 - beta_2**t) / (1 - beta_1**t),
        from_first=beta_1,
        from_gradient=1 - beta_1,
        keep_first=beta_1,
        add_first=1 - beta_1,
        keep_second=beta_2,
        add_second=1 - beta_2,
        inside=0.0,
        outside=_EPSILON,
    )


def _nadam(
    rates: np.ndarray, t: np.ndarray, beta_1: float = 0.9, beta_2: float = 0.999
) -> Coefficients:
    now, then = _nadam_momentum(t, beta_1), _nadam_momentum(t + 1, beta_1)
    product = _nadam_products(int(t.max()), beta_1)[t - 1]
    of_first, of_gradient = then / (1 - product * then), (1 - now) / (1 - product)
    correction = np.sqrt(1 - beta_2**t)
    return Coefficients(
        scale=rates * correction,
        from_first=of_first * beta_1,
        from_gradient=of_first * (1 - beta_1) + of_gradient,
        keep_first=beta_1,
        add_first=1 - beta_1,
        keep_second=beta_2,
        add_second=1 - beta_2,
        inside=0.0,
        outside=_EPSILON * correction,
    )


def _nadam_momentum(t: np.ndarray, beta_1: float) -> np.ndarray:
    return beta_1 * (1 - 0.5 * 0.96**t)


@lru_cache(maxsize=8)
def _nadam_products(n_steps: int, beta_1: float) -> np.ndarray:
    """Products of the momenta of all steps up to each."""
    return np.cumprod(_nadam_momentum(np.arange(1, n_steps + 1), beta_1))


def _lion(
    rates: np.ndarray, t: np.ndarray, beta_1: float = 0.9, beta_2: float = 0.99
) -> Coefficients:
    return Coefficients(
        scale=rates,
        from_first=beta_1,
        from_gradient=1 - beta_1,
        keep_first=beta_2,
        add_first=1 - beta_2,
        signed=1.0,
    )


RULES: dict[str, Rule] = {
    "sgd": Rule(_sgd),
    "momentum": Rule(_momentum),
    "rmsprop": Rule(_rmsprop),
    "adagrad": Rule(_adagrad, second=0.1),
    "adam": Rule(_adam),
    "adamw": Rule(_adam),
    "nadam": Rule(_nadam),
    "lion": Rule(_lion, signed=True),
}

# Of a step that a model sits out: its weights and slots stay as they are.
REST = np.array(
    [getattr(Coefficients(scale=0.0), name) for name in NAMES], dtype=np.float32
)


def tabulate(
    optimizer: str, rates: np.ndarray, t: np.ndarray, weight_decay: float
) -> np.ndarray:
    """The numbers of an optimizer's steps.

    Parameters
    ----------
    optimizer : str
        A key of ``RULES``.
    rates : ndarray of shape (s,)
        Learning rates.
    t : ndarray of shape (s,)
        Number of each step in its training, from 1.
    weight_decay : float

    Returns
    -------
    numbers : ndarray of shape (s, len(NAMES))
    """
    numbers = vars(RULES[optimizer].coefficients(rates, t))
    numbers = {**numbers, "shrink": weight_decay * rates}
    table = np.empty((len(t), len(NAMES)), dtype=np.float32)
    for column, name in enumerate(NAMES):
        table[:, column] = numbers[name]
    return table


def update(
    w: Any, g: Any, m: Any, v: Any, numbers: Coefficients, decays: Any, signs: bool
) -> Any:
    """Take a step of every model.

    Parameters
    ----------
    w, g, m, v : tensor of shape (m, ...)
        Weights, their gradient, and the slots.
    numbers : Coefficients
        Of shape (m, 1, ...) each, with as many axes as the weights have.
    decays : ndarray or bool
        Which of the weights decay: 1 or 0, of a shape that fits one model's.
    signs : bool
        Whether any model steps by signs.

    Returns
    -------
    w, m, v : tensor of shape (m, ...)
    """
    c = numbers
    direction = c.from_first * m + c.from_gradient * g
    m = c.keep_first * m + c.add_first * g
    v = c.keep_second * v + c.add_second * ops.square(g)
    scaled = direction / (ops.sqrt(v + c.inside) + c.outside)
    if signs:
        scaled = ops.where(c.signed > 0, ops.sign(direction), scaled)
    step = c.scale * scaled
    if np.any(decays):
        step = step + c.shrink * decays * w
    return w - step, m, v
