"""Sounds a little earlier or later, higher or lower."""

from __future__ import annotations

from typing import Any

import keras

from ._moves import draw_moves


@keras.saving.register_keras_serializable(package="skautogen")
class SpectrogramShift(keras.layers.Layer):
    """Move each spectrogram in time and in pitch, by other distances in each step.

    Active in training alone. What a recording is of hardly depends on when it begins,
    or on how high a voice is: so there is more to learn from.

    Takes and gives spectrograms of shape (batch, frames, bands, channels). What moves
    in from outside is the edge, repeated.

    Parameters
    ----------
    frames, bands : float in [0, 1], default=0.1
        Most places that a spectrogram is moved by, to either side, as a share of all.
    seed : int, default=None
        Of what is drawn.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import SpectrogramShift
    >>> SpectrogramShift()(np.ones((2, 40, 32, 1))).shape
    TensorShape([2, 40, 32, 1])
    """

    def __init__(
        self,
        frames: float = 0.1,
        bands: float = 0.1,
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
        moved = self._move(inputs, most=self.frames)
        turned = keras.ops.swapaxes(moved, 1, 2)
        return keras.ops.swapaxes(self._move(turned, most=self.bands), 1, 2)

    def _move(self, x: Any, most: float) -> Any:
        """Move along the first axis after that of the rows."""
        ops, (length, *others) = keras.ops, x.shape[1:]
        n_rows = ops.shape(x)[0]
        source = draw_moves(length, round(most * length), n_rows, self._draws)
        # From one long axis: ``take_along_axis`` needs 15 times as long.
        source += length * ops.expand_dims(ops.arange(n_rows), 1)
        taken = ops.take(ops.reshape(x, (-1, *others)), source, axis=0)
        return ops.reshape(taken, (-1, length, *others))

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        names = ("frames", "bands", "seed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}
