"""A schedule of four waves, which Keras does not have."""

from __future__ import annotations

import math
from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="skautogen")
class CosineLogDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Four rises and falls of the rate, each twice as long as the one before.

    Parameters
    ----------
    learning_rate : float
        The height of the waves.
    decay_steps : int
        Steps of the whole training.

    References
    ----------
    D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by Default: Strong Pre-Tuned
    MLPs and Boosted Trees on Tabular Data", NeurIPS 2024.

    Examples
    --------
    >>> from skautogen.training._coslog import CosineLogDecay
    >>> schedule = CosineLogDecay(0.1, decay_steps=150)
    >>> [round(float(schedule(step)), 3) for step in (0, 10, 30, 70, 150)]
    [0.0, 0.0, 0.0, 0.0, 0.0]
    """

    def __init__(self, learning_rate: float, decay_steps: int) -> None:
        self.learning_rate = learning_rate
        self.decay_steps = decay_steps

    def __call__(self, step: Any) -> Any:
        share = ops.minimum(ops.cast(step, "float32") / self.decay_steps, 1.0)
        waves = ops.log(1.0 + 15.0 * share) / math.log(2.0)
        return self.learning_rate * 0.5 * (1.0 - ops.cos(2.0 * math.pi * waves))

    def get_config(self) -> dict[str, Any]:
        return {"learning_rate": self.learning_rate, "decay_steps": self.decay_steps}
