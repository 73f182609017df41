"""Optimizers as functions over stacked weights, each equal to Keras' own.

Shapes: w has the trained numbers of each model, (m, p), and g their gradient; rate, and
t, the number of the step counted from 1, are (m, 1). A rule takes and returns the
slots, (m, p) each, that it keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import tensorflow as tf

_EPSILON = 1e-7
T: TypeAlias = Any  # a tensor
Slots: TypeAlias = list[T]
Step: TypeAlias = tuple[T, Slots]


@dataclass(frozen=True)
class Rule:
    """An update rule.

    Attributes
    ----------
    step : callable
        ``step(w, g, slots, rate, t) -> (w, slots)``.
    slots : tuple of float
        What each slot begins with.
    """

    step: Callable[..., tuple[tf.Tensor, Slots]]
    slots: tuple[float, ...] = ()


def _sgd(w: T, g: T, slots: Slots, rate: T, t: T) -> Step:
    return w - rate * g, slots


def _momentum(w: T, g: T, slots: Slots, rate: T, t: T, momentum: float = 0.9) -> Step:
    m = slots[0] * momentum - rate * g
    return w + m * momentum - rate * g, [m]


def _rmsprop(w: T, g: T, slots: Slots, rate: T, t: T, rho: float = 0.9) -> Step:
    v = slots[0] * rho + tf.square(g) * (1 - rho)
    return w - rate * g * tf.math.rsqrt(v + _EPSILON), [v]


def _adagrad(w: T, g: T, slots: Slots, rate: T, t: T) -> Step:
    v = slots[0] + tf.square(g)
    return w - rate * g * tf.math.rsqrt(v + _EPSILON), [v]


def _moments(
    g: T, slots: Slots, beta_1: float = 0.9, beta_2: float = 0.999
) -> tuple[T, T]:
    m = slots[0] + (g - slots[0]) * (1 - beta_1)
    v = slots[1] + (tf.square(g) - slots[1]) * (1 - beta_2)
    return m, v


def _adam(
    w: T, g: T, slots: Slots, rate: T, t: T, beta_1: float = 0.9, beta_2: float = 0.999
) -> Step:
    m, v = _moments(g, slots)
    alpha = rate * tf.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return w - alpha * m / (tf.sqrt(v) + _EPSILON), [m, v]


def _nadam(
    w: T,
    g: T,
    slots: Slots,
    rate: T,
    t: T,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    decay: float = 0.96,
) -> Step:
    m, v = _moments(g, slots)
    now = beta_1 * (1 - 0.5 * decay**t)
    then = beta_1 * (1 - 0.5 * decay ** (t + 1))
    product = slots[2] * now
    m_hat = then * m / (1 - product * then) + (1 - now) * g / (1 - product)
    v_hat = v / (1 - beta_2**t)
    return w - rate * m_hat / (tf.sqrt(v_hat) + _EPSILON), [m, v, product]


def _lion(
    w: T, g: T, slots: Slots, rate: T, t: T, beta_1: float = 0.9, beta_2: float = 0.99
) -> Step:
    direction = tf.sign(slots[0] * beta_1 + g * (1 - beta_1))
    return w - rate * direction, [slots[0] * beta_2 + g * (1 - beta_2)]


RULES: dict[str, Rule] = {
    "sgd": Rule(_sgd),
    "momentum": Rule(_momentum, (0.0,)),
    "rmsprop": Rule(_rmsprop, (0.0,)),
    "adagrad": Rule(_adagrad, (0.1,)),
    "adam": Rule(_adam, (0.0, 0.0)),
    "adamw": Rule(_adam, (0.0, 0.0)),
    "nadam": Rule(_nadam, (0.0, 0.0, 1.0)),
    "lion": Rule(_lion, (0.0,)),
}
