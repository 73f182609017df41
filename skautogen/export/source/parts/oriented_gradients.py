"""A layer of generated files."""

import keras
import numpy as np
from keras import ops


class OrientedGradients(keras.layers.Layer):
    """Describe each place by how strongly the image changes in which direction.

    As histograms of oriented gradients do (Dalal and Triggs, CVPR 2005): gradients by
    direction, averaged over small squares, by their mean around, as square roots.
    """

    def __init__(self, n_orientations: int, pool_size: int, **kwargs) -> None:
        super().__init__(**kwargs)
        self.n_orientations = n_orientations
        self.pool_size = pool_size

    def build(self, input_shape: tuple) -> None:
        n_channels = input_shape[-1]
        sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
        angles = 2 * np.pi * np.arange(self.n_orientations) / self.n_orientations
        kernels = np.multiply.outer(sobel, np.cos(angles))
        kernels += np.multiply.outer(sobel.T, np.sin(angles))
        kernels = np.repeat(kernels[:, :, None], n_channels, axis=2) / n_channels
        self.kernels = kernels.astype("float32")

    def call(self, inputs):
        padded = ops.pad(inputs, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="symmetric")
        slopes = ops.relu(ops.conv(padded, self.kernels, padding="valid"))
        slopes = ops.average_pool(slopes, self.pool_size, padding="same")
        around = ops.average_pool(slopes, 3, strides=1, padding="same")
        strength = ops.mean(around, axis=-1, keepdims=True)
        # What is below 0.02 is noise; a root of 0 would have no slope.
        return ops.sqrt(slopes / (strength + 0.02) + 1e-3)
