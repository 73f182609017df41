"""Optimizers as functions over stacked weights, each equal to Keras' own.

Shapes: w has the trained numbers of each model, (m, p), and g their gradient; rate, and
t, the number of the step counted from 1, are (m, 1). A rule takes and returns the slots,
(m, p) each, that it keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import tensorflow as tf

_EPSILON = 1e-7
Slots = list[tf.Tensor]


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


def _sgd(w: tf.Tensor, g: tf.Tensor, slots: Slots, rate: tf.Tensor, t: tf.Tensor):  # type: ignore[no-untyped-def]
    return w - rate * g, slots


def _momentum(w, g, slots, rate, t, momentum=0.9):  # type: ignore[no-untyped-def]
    m = slots[0] * momentum - rate * g
    return w + m * momentum - rate * g, [m]


def _rmsprop(w, g, slots, rate, t, rho=0.9):  # type: ignore[no-untyped-def]
    v = slots[0] * rho + tf.square(g) * (1 - rho)
    return w - rate * g * tf.math.rsqrt(v + _EPSILON), [v]


def _adagrad(w, g, slots, rate, t):  # type: ignore[no-untyped-def]
    v = slots[0] + tf.square(g)
    return w - rate * g * tf.math.rsqrt(v + _EPSILON), [v]


def _moments(g, slots, beta_1=0.9, beta_2=0.999):  # type: ignore[no-untyped-def]
    m = slots[0] + (g - slots[0]) * (1 - beta_1)
    v = slots[1] + (tf.square(g) - slots[1]) * (1 - beta_2)
    return m, v


def _adam(w, g, slots, rate, t, beta_1=0.9, beta_2=0.999):  # type: ignore[no-untyped-def]
    m, v = _moments(g, slots)
    alpha = rate * tf.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return w - alpha * m / (tf.sqrt(v) + _EPSILON), [m, v]


def _nadam(w, g, slots, rate, t, beta_1=0.9, beta_2=0.999, decay=0.96):  # type: ignore[no-untyped-def]
    m, v = _moments(g, slots)
    now = beta_1 * (1 - 0.5 * decay**t)
    then = beta_1 * (1 - 0.5 * decay ** (t + 1))
    product = slots[2] * now
    m_hat = then * m / (1 - product * then) + (1 - now) * g / (1 - product)
    v_hat = v / (1 - beta_2**t)
    return w - rate * m_hat / (tf.sqrt(v_hat) + _EPSILON), [m, v, product]


def _lion(w, g, slots, rate, t, beta_1=0.9, beta_2=0.99):  # type: ignore[no-untyped-def]
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
