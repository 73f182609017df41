"""A layer of generated files."""

import keras
from keras import ops


class SpectrogramMasking(keras.layers.Layer):
    """Set some frames and bands to the mean, others in each step of training.

    As SpecAugment does (Park et al., Interspeech 2019).
    """

    def __init__(self, frames: float, bands: float, **kwargs) -> None:
        super().__init__(**kwargs)
        self.frames = frames  # at most, as a share of all
        self.bands = bands
        self.draws = keras.random.SeedGenerator()

    def call(self, inputs, training=False):
        if not training:
            return inputs
        left = self.draw(inputs, 1, self.frames) * self.draw(inputs, 2, self.bands)
        mean = ops.mean(inputs, axis=(1, 2, 3), keepdims=True)
        return mean + left * (inputs - mean)

    def draw(self, inputs, axis: int, most: float):
        """1 where a place of an axis is left, 0 where it is masked."""
        length, n_rows = inputs.shape[axis], ops.shape(inputs)[0]
        width = most * length * keras.random.uniform((n_rows, 1), seed=self.draws)
        start = (length - width) * keras.random.uniform((n_rows, 1), seed=self.draws)
        place = ops.arange(length, dtype="float32") + 0.5
        is_left = ops.logical_or(place < start, place >= start + width)
        shape = (-1, length, 1, 1) if axis == 1 else (-1, 1, length, 1)
        return ops.cast(ops.reshape(is_left, shape), inputs.dtype)

    def compute_output_shape(self, input_shape: tuple) -> tuple:
        return input_shape
