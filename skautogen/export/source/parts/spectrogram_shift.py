"""A layer of generated files."""

import keras
from keras import ops

from .draw_moves import draw_moves


class SpectrogramShift(keras.layers.Layer):
    """Move spectrograms in time and pitch in training, anew in each step."""

    def __init__(self, frames: float, bands: float, **kwargs) -> None:
        super().__init__(**kwargs)
        self.frames = frames  # at most, as a share of all
        self.bands = bands
        self.draws = keras.random.SeedGenerator()

    def call(self, inputs, training=False):
        if not training:
            return inputs
        turned = ops.swapaxes(self.move(inputs, self.frames), 1, 2)
        return ops.swapaxes(self.move(turned, self.bands), 1, 2)

    def move(self, x, most: float):
        """Move along the first axis after that of the rows."""
        length, *others = x.shape[1:]
        n_rows = ops.shape(x)[0]
        places = draw_moves(length, round(most * length), n_rows, self.draws)
        # From one long axis, which is many times as fast as ``take_along_axis``.
        places += length * ops.arange(n_rows)[:, None]
        taken = ops.take(ops.reshape(x, (-1, *others)), places, axis=0)
        return ops.reshape(taken, (-1, length, *others))

    def compute_output_shape(self, input_shape: tuple) -> tuple:
        return input_shape
