"""What stands for a whole sequence."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import keras

from .stackable import StackableLayer

# Below what a network computes, and within half precision.
_LEAST = -3e4


@keras.saving.register_keras_serializable(package="skautogen")
class TemporalPooling(StackableLayer):
    """The mean and the maximum of each channel over the steps that there are.

    Takes sequences of shape (steps, channels + 1), of which the last channel tells
    which steps there are, 1 or 0, and gives rows of 2 * channels: the same whatever a
    sequence was padded to.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import TemporalPooling
    >>> x = np.array([[[1.0, 1.0], [3.0, 1.0], [0.0, 0.0]]])
    >>> TemporalPooling()(x).numpy()
    array([[2., 3.]], dtype=float32)
    """

    @property
    def settings(self) -> tuple[Hashable, ...]:
        return ()

    @staticmethod
    def compute(
        library: Any,
        x: Any,
        weights: Sequence[Any],
        *settings: Any,
        training: bool = False,
    ) -> Any:
        values, presence = x[..., :-1], x[..., -1:]
        n_steps = library.maximum(library.sum(presence, axis=-2), 1.0)
        mean = library.sum(values * presence, axis=-2) / n_steps
        most = library.max(library.where(presence > 0, values, _LEAST), axis=-2)
        # Rows that pad a batch have no step.
        most = most * library.max(presence, axis=-2)
        return library.concatenate([mean, most], axis=-1)

    def compute_output_shape(
        self, input_shape: tuple[Any, ...]
    ) -> tuple[int | None, ...]:
        return *input_shape[:-2], 2 * (input_shape[-1] - 1)
