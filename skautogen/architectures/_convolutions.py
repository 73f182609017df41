"""The convolution that architectures for pictures and spectrograms share."""

from __future__ import annotations

from typing import Any

from .._backend import load_keras


def convolve(
    x: Any,
    filters: int,
    kernel_size: int | tuple[int, int] = 3,
    *,
    strides: int | tuple[int, int] = 1,
    activation: str | None = "relu",
) -> Any:
    """Convolve, normalise over the batch, and activate.

    Parameters
    ----------
    x : keras.KerasTensor of shape (batch, height, width, channels)
    filters : int
    kernel_size, strides : int or tuple of two int
    activation : str, default="relu"
        ``None`` for none.

    Returns
    -------
    x : keras.KerasTensor of shape (batch, height, width, filters)
    """
    layers = load_keras().layers
    x = layers.Conv2D(
        int(filters),
        kernel_size,
        strides=strides,
        padding="same",
        # The normalisation would take a bias away again.
        use_bias=False,
        kernel_initializer="he_normal",
    )(x)
    # Keras' momentum of 0.99 needs hundreds of batches to forget its start; a fold of
    # a small data set has ten.
    x = layers.BatchNormalization(momentum=0.9)(x)
    return x if activation is None else layers.Activation(activation)(x)
