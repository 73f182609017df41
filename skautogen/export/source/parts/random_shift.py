"""A layer of generated files."""

import keras
from keras import ops

from .draw_moves import draw_moves


class RandomShift(keras.layers.Layer):
    """Shift images by whole pixels in training, each in another way in each step."""

    def __init__(self, share: float, **kwargs) -> None:
        super().__init__(**kwargs)
        self.share = share  # of the sides, at most; a pixel at least
        self.draws = keras.random.SeedGenerator()

    def call(self, inputs, training=False):
        if not training:
            return inputs
        n_images = ops.shape(inputs)[0]
        height, width, n_channels = inputs.shape[1:]
        most_rows, most_columns = (
            max(1, round(self.share * side)) for side in (height, width)
        )
        rows = draw_moves(height, most_rows, n_images, self.draws)
        columns = draw_moves(width, most_columns, n_images, self.draws)
        # Each pixel by its number among those of all images: one look-up.
        rows += height * ops.arange(n_images)[:, None]
        pixels = width * rows[:, :, None] + columns[:, None]
        return ops.take(ops.reshape(inputs, (-1, n_channels)), pixels, axis=0)

    def compute_output_shape(self, input_shape: tuple) -> tuple:
        return input_shape
