"""Images a little to the side, and seen in a mirror."""

from __future__ import annotations

from typing import Any

import keras

from ._moves import draw_moves


@keras.saving.register_keras_serializable(package="skautogen")
class RandomPlacement(keras.layers.Layer):
    """Shift and mirror each image, in other ways in each step of training.

    Active in training alone. What an image shows hardly depends on where exactly it
    stands, and often not on left and right: so there is more to learn from. Takes and
    gives images of shape (batch, height, width, channels). What comes in from outside
    is the edge, repeated.

    Parameters
    ----------
    shift : float in [0, 1], default=0.05
        Most that an image is moved by in each direction, as a share of its side: a
        pixel at least, unless it is 0.
    mirror : bool, default=False
        Whether left and right are exchanged in half of the images.
    seed : int, default=None
        Of what is drawn.

    References
    ----------
    K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition",
    CVPR 2016: shifts and mirrors, as they are usual on small images.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import RandomPlacement
    >>> images = np.tile([1.0, 2.0], (100, 1, 1))[..., None]
    >>> seen = RandomPlacement(shift=0.0, mirror=True, seed=0)(images, training=True)
    >>> np.unique(seen[:, 0, :, 0], axis=0)
    array([[1., 2.],
           [2., 1.]], dtype=float32)
    """

    def __init__(
        self,
        shift: float = 0.05,
        mirror: bool = False,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.shift = shift
        self.mirror = mirror
        self.seed = seed
        self._draws = keras.random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = False) -> Any:
        if not training:
            return inputs
        ops = keras.ops
        height, width, n_channels = inputs.shape[1:]
        n_images = ops.shape(inputs)[0]
        rows, columns = self._moved(height, n_images), self._moved(width, n_images)
        if self.mirror:
            is_mirrored = keras.random.randint((n_images, 1), 0, 2, seed=self._draws)
            columns = ops.where(is_mirrored == 1, width - 1 - columns, columns)
        # Each pixel by its number among those of all images: one look-up.
        rows += height * ops.expand_dims(ops.arange(n_images), 1)
        pixels = width * ops.expand_dims(rows, 2) + ops.expand_dims(columns, 1)
        return ops.take(ops.reshape(inputs, (-1, n_channels)), pixels, axis=0)

    def _moved(self, length: int, n_images: Any) -> Any:
        """For each place along an axis the one that comes there, (n_images, length)."""
        most = max(round(self.shift * length), self.shift > 0)
        return draw_moves(length, most, n_images, self._draws)

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        names = ("shift", "mirror", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
