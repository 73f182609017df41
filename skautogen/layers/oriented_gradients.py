"""Where an image has edges, and in which direction they go."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

# Of the gradients around a place: below, they are taken for noise. In standard
# deviations of the pixels.
_NOISE = 0.02
_TINY = 1e-3
# Sobel's derivative from left to right, of 1 for a slope of 1 a pixel.
_ACROSS = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype="float32") / 8


@keras.saving.register_keras_serializable(package="skautogen")
class OrientedGradients(keras.layers.Layer):
    """Describe each place of an image by how strongly it changes in which direction.

    Choose it as the first layer of a network for images: it knows from the start what
    the first convolutions of a network have to learn from thousands of images. It has
    no weights.

    Gradients of the mean over the channels are told apart by direction, in as many
    parts as there are orientations, and averaged over small squares. What remains is
    the square root of their ratio to the mean of all orientations in the squares
    around: an edge counts the same in a dim part of the image as in a bright one.

    Parameters
    ----------
    n_orientations : int, default=8
        Directions, of the full circle.
    pool_size : int, default=2
        Side of the squares.

    Notes
    -----
    Takes images of shape (batch, height, width, channels) that are brought to a mean of
    0 and a deviation of 1, and gives (batch, height / pool_size, width / pool_size,
    n_orientations), sides rounded up.

    References
    ----------
    N. Dalal, B. Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR
    2005. R. Arandjelović, A. Zisserman, "Three things everyone should know to improve
    object retrieval", CVPR 2012: the square root.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import OrientedGradients
    >>> brighter_to_the_right = np.tile(np.arange(6.0), (1, 6, 1))[..., None]
    >>> made = OrientedGradients(n_orientations=4)(brighter_to_the_right)
    >>> made.shape
    TensorShape([1, 3, 3, 4])
    >>> made[0, 1, 1].numpy().round(1)
    array([2.1, 0. , 0. , 0. ], dtype=float32)
    """

    def __init__(
        self, n_orientations: int = 8, pool_size: int = 2, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.n_orientations = n_orientations
        self.pool_size = pool_size

    def call(self, inputs: Any) -> Any:
        ops, n_channels = keras.ops, inputs.shape[-1]
        edged = ops.pad(inputs, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="symmetric")
        kernels = np.repeat(self._directions(), n_channels, axis=2) / n_channels
        slopes = ops.relu(ops.conv(edged, kernels, padding="valid"))
        slopes = ops.average_pool(slopes, self.pool_size, padding="same")
        around = ops.average_pool(slopes, 3, strides=1, padding="same")
        strength = ops.mean(around, axis=-1, keepdims=True)
        return ops.sqrt(slopes / (strength + _NOISE) + _TINY)

    def _directions(self) -> np.ndarray:
        """The derivative in each direction, of shape (3, 3, 1, n_orientations)."""
        angles = 2 * np.pi * np.arange(self.n_orientations) / self.n_orientations
        parts = np.multiply.outer(_ACROSS, np.cos(angles))
        parts += np.multiply.outer(_ACROSS.T, np.sin(angles))
        directions: np.ndarray = parts[:, :, None, :].astype("float32")
        return directions

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        n_images, *sides, _ = input_shape
        pooled = (side and -(-side // self.pool_size) for side in sides)
        return (n_images, *pooled, self.n_orientations)

    def get_config(self) -> dict[str, Any]:
        config = {"n_orientations": self.n_orientations, "pool_size": self.pool_size}
        return {**super().get_config(), **config}
