"""A layer of generated files."""

import keras
from keras import ops

from .members_of_rows import members_of_rows


class MemberHeads(keras.layers.Layer):
    """The last layer of each member, and the mean of what they answer."""

    def __init__(self, n_members: int, units: int, activation: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.n_members = n_members
        self.units = units
        self.activation = activation

    def build(self, input_shape: tuple) -> None:
        n_inputs = input_shape[-1]
        self.kernel = self.add_weight(
            name="kernel",
            shape=(self.n_members, n_inputs, self.units),
            initializer=keras.initializers.RandomNormal(stddev=n_inputs**-0.5),
        )
        self.bias = self.add_weight(
            name="bias", shape=(self.n_members, self.units), initializer="zeros"
        )

    def call(self, inputs, training=False):
        if training:
            every = ops.einsum("ri,miu->rmu", inputs, self.kernel) + self.bias
            rows = members_of_rows(inputs, self.n_members)
            answer = ops.sum(every * rows[..., None], axis=1)
        else:
            by_member = ops.reshape(inputs, (-1, self.n_members, inputs.shape[-1]))
            every = ops.einsum("rmi,miu->rmu", by_member, self.kernel) + self.bias
            answer = ops.mean(every, axis=1)
        return keras.activations.get(self.activation)(answer)

    def compute_output_shape(self, input_shape: tuple) -> tuple:
        return (None, self.units)
