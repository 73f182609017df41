"""A layer of generated files."""

import keras


class ParametricActivation(keras.layers.Layer):
    """Blend each unit between itself and its activation, by a learnt share."""

    def __init__(self, activation: str, speed: float, **kwargs) -> None:
        super().__init__(**kwargs)
        self.activation = activation
        self.speed = speed  # how much faster than other weights it is learnt

    def build(self, input_shape: tuple) -> None:
        self.share = self.add_weight(
            name="share", shape=(input_shape[-1],), initializer="zeros"
        )

    def call(self, inputs):
        activated = keras.activations.get(self.activation)(inputs)
        return inputs + (activated - inputs) * (1.0 + self.speed * self.share)
