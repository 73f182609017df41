"""A schedule of generated files."""

import math

import keras
from keras import ops


class CosineLogDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Four waves of the rate, each twice as long as the one before."""

    def __init__(self, learning_rate: float, n_steps: int) -> None:
        self.learning_rate = learning_rate
        self.n_steps = n_steps

    def __call__(self, step):
        share = ops.minimum(ops.cast(step, "float32") / self.n_steps, 1.0)
        waves = ops.log(1.0 + 15.0 * share) / math.log(2.0)
        return self.learning_rate * 0.5 * (1.0 - ops.cos(2.0 * math.pi * waves))

    def get_config(self) -> dict:
        return {"learning_rate": self.learning_rate, "n_steps": self.n_steps}
