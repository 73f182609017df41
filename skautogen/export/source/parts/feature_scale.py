"""A layer of generated files."""

import keras


class FeatureScale(keras.layers.Layer):
    """Multiply each feature with a learnt factor, which begins at 1."""

    def __init__(self, speed: float, **kwargs) -> None:
        super().__init__(**kwargs)
        self.speed = speed  # how much faster than other weights it is learnt

    def build(self, input_shape: tuple) -> None:
        self.scale = self.add_weight(
            name="scale", shape=(input_shape[-1],), initializer="zeros"
        )

    def call(self, inputs):
        return inputs * (1.0 + self.speed * self.scale)
