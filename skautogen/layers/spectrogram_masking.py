"""Masks over stretches of time and bands of pitch."""

from __future__ import annotations

from typing import Any

import keras


@keras.saving.register_keras_serializable(package="skautogen")
class SpectrogramMasking(keras.layers.Layer):
    """Set a stretch of frames and a range of bands to the mean, anew in each step.

    Active in training alone. A network that must do without some of what it hears
    learns to listen to all of it.

    Takes and gives spectrograms of shape (batch, frames, bands, channels). Each row is
    masked by its own mean: any other number would be an edge that is louder than what
    there is to hear.

    Parameters
    ----------
    frames, bands : float in [0, 1], default=0.2
        Share of them that is masked at most; how many, and which, is drawn anew for
        each row.
    seed : int, default=None
        Of what is drawn.

    References
    ----------
    D. S. Park et al., "SpecAugment: A Simple Data Augmentation Method for Automatic
    Speech Recognition", Interspeech 2019.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import SpectrogramMasking
    >>> SpectrogramMasking(frames=0.5)(np.ones((2, 40, 32, 1))).shape
    TensorShape([2, 40, 32, 1])
    """

    def __init__(
        self,
        frames: float = 0.2,
        bands: float = 0.2,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.frames = frames
        self.bands = bands
        self.seed = seed
        self._draws = keras.random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = False) -> Any:
        if not training:
            return inputs
        left = self._draw(inputs, axis=1, most=self.frames)
        left = left * self._draw(inputs, axis=2, most=self.bands)
        mean = keras.ops.mean(inputs, axis=(1, 2, 3), keepdims=True)
        return mean + left * (inputs - mean)

    def _draw(self, inputs: Any, axis: int, most: float) -> Any:
        """1 where a place of an axis is left, 0 where it is masked."""
        ops, length = keras.ops, inputs.shape[axis]
        n_rows = ops.shape(inputs)[0]
        width = most * length * keras.random.uniform((n_rows, 1), seed=self._draws)
        start = (length - width) * keras.random.uniform((n_rows, 1), seed=self._draws)
        place = ops.arange(length, dtype="float32") + 0.5
        is_left = ops.logical_or(place < start, place >= start + width)
        shape = (-1, length, 1, 1) if axis == 1 else (-1, 1, length, 1)
        return ops.cast(ops.reshape(is_left, shape), inputs.dtype)

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        names = ("frames", "bands", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
