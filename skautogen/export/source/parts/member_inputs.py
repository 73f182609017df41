"""A layer of generated files."""

import keras
from keras import ops

from .members_of_rows import members_of_rows


def random_signs(shape: tuple, dtype: str | None = None):
    """1 or -1, each as often."""
    return ops.sign(keras.random.uniform(shape, -1.0, 1.0, dtype=dtype))


class MemberInputs(keras.layers.Layer):
    """Let each member of an ensemble see the inputs through factors of its own.

    In training each row goes through one member, in predictions through all, as rows
    one after another (TabM, ICLR 2025; BatchEnsemble, ICLR 2020).
    """

    def __init__(self, n_members: int, **kwargs) -> None:
        super().__init__(**kwargs)
        self.n_members = n_members

    def build(self, input_shape: tuple) -> None:
        self.scale = self.add_weight(
            name="scale",
            shape=(self.n_members, input_shape[-1]),
            initializer=random_signs,
        )

    def call(self, inputs, training=False):
        if training:
            rows = members_of_rows(inputs, self.n_members)
            return inputs * ops.matmul(rows, self.scale)
        return ops.reshape(inputs[:, None, :] * self.scale, (-1, inputs.shape[-1]))

    def compute_output_shape(self, input_shape: tuple) -> tuple:
        return (None, input_shape[-1])
