"""A layer of generated files."""

import math

import keras
from keras import ops
from keras.initializers import RandomNormal, RandomUniform


class PeriodicEmbedding(keras.layers.Layer):
    """Describe each number x by itself and by W cos(2 pi (x w + b)) + c.

    The first ``n_numeric`` features are numbers, the others pass unchanged
    (Gorishniy et al., NeurIPS 2022; Holzmueller et al., NeurIPS 2024).
    """

    def __init__(
        self,
        n_numeric: int,
        n_frequencies: int,
        dimension: int,
        sigma: float,
        speed: float,
        **kwargs,
    ) -> None:
        super().__init__(**kwargs)
        self.n_numeric = n_numeric
        self.n_frequencies = n_frequencies
        self.dimension = dimension  # numbers that describe one, itself included
        self.sigma = sigma  # deviation of the initial frequencies
        self.speed = speed  # how much faster than other weights they are learnt

    def build(self, input_shape: tuple) -> None:
        n, f, d = self.n_numeric, self.n_frequencies, self.dimension - 1
        normal = RandomNormal(stddev=self.sigma / self.speed)
        turn = RandomUniform(-0.5 / self.speed, 0.5 / self.speed)
        edge = 1 / math.sqrt(f) / self.speed
        uniform = RandomUniform(-edge, edge)
        self.frequency = self.add_weight((n, f), initializer=normal, name="frequency")
        self.phase = self.add_weight((n, f), initializer=turn, name="phase")
        self.kernel = self.add_weight((n, f, d), initializer=uniform, name="kernel")
        self.bias = self.add_weight((n, d), initializer=uniform, name="bias")

    def call(self, inputs):
        numbers, others = inputs[:, : self.n_numeric], inputs[:, self.n_numeric :]
        turns = numbers[..., None] * self.frequency + self.phase
        waves = ops.cos(2 * math.pi * self.speed * turns)  # (row, number, frequency)
        made = ops.einsum("rnf,nfd->rdn", waves, self.kernel) + ops.transpose(self.bias)
        described = ops.reshape(self.speed * made, (-1, made.shape[1] * made.shape[2]))
        return ops.concatenate([numbers, described, others], axis=-1)
