"""A layer of generated files."""

import keras
from keras import ops


class EmbeddingBag(keras.layers.Layer):
    """Sum the vectors of the terms of a text, each times its weight in the text.

    A dense layer over all terms would compute the same, from mostly zeros.
    """

    def __init__(self, n_terms: int, units: int, **kwargs) -> None:
        super().__init__(**kwargs)
        self.n_terms = n_terms
        self.units = units

    def build(self, input_shape: tuple) -> None:
        self.vectors = self.add_weight(
            name="vectors",
            shape=(self.n_terms, self.units),
            initializer=keras.initializers.RandomUniform(-0.05, 0.05),
        )
        self.bias = self.add_weight(
            name="bias", shape=(self.units,), initializer="zeros"
        )

    def call(self, inputs):
        numbers, weights = ops.cast(inputs[:, 0], "int32"), inputs[:, 1]
        taken = ops.take(self.vectors, numbers, axis=0)  # (text, term, unit)
        return ops.squeeze(weights[:, None] @ taken, axis=1) + self.bias

    def compute_output_shape(self, input_shape: tuple) -> tuple:
        return (None, self.units)
