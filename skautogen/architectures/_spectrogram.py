"""How architectures for audio begin, and how they sum a recording up."""

from __future__ import annotations

from typing import Any

from .._backend import load_keras

# Decibels that the preparation has brought to scale go down to about this, counted from
# the loudest place of a recording; half of it brings their middle near 0.
_RANGE = 4.0


def listen(
    meta: dict[str, Any],
    filters: int,
    kernel_size: int,
    *,
    loudness: bool,
    masking: float,
    time_shift: float,
    pitch_shift: float,
) -> tuple[Any, Any]:
    """Take spectrograms, vary them in training, and convolve them once.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``X_shape_`` is (n, frames, bands).
    filters, kernel_size : int
        Of the convolution, which halves frames and bands.
    loudness : bool
        Whether to keep how loud a recording is as a whole.
    masking, time_shift, pitch_shift : float
        See :class:`~skautogen.layers.SpectrogramMasking` and
        :class:`~skautogen.layers.SpectrogramShift`.

    Returns
    -------
    inputs : keras.KerasTensor of shape (batch, frames, bands)
    hidden : keras.KerasTensor of shape (batch, frames / 2, bands / 2, filters)
    """
    from ..layers import SpectrogramMasking, SpectrogramShift

    layers = load_keras().layers
    shape = meta["X_shape_"][1:]
    inputs = layers.Input(shape)
    x = layers.Reshape((*shape, 1))(inputs)
    if not loudness:
        # The mean would depend on how much silence a recording ends in.
        x = layers.Subtract()([x, layers.GlobalMaxPooling2D(keepdims=True)(x)])
        x = layers.Rescaling(1.0, offset=_RANGE / 2)(x)
    # Nothing is learnt before these: their gradients are not computed.
    x = SpectrogramShift(frames=float(time_shift), bands=float(pitch_shift))(x)
    x = SpectrogramMasking(frames=float(masking), bands=float(masking))(x)
    # Not normalised: at this size it takes as long as the convolution, and brought
    # nothing (docs/audio.md).
    hidden = layers.Conv2D(
        int(filters),
        int(kernel_size),
        strides=2,
        padding="same",
        activation="relu",
        kernel_initializer="he_normal",
    )(x)
    return inputs, hidden


def as_sequence(x: Any) -> Any:
    """Frames (batch, frames, bands * channels) of what convolutions have made.

    Unlike in a picture, it matters at which height something is.
    """
    n_frames, n_bands, channels = x.shape[1:]
    return load_keras().layers.Reshape((n_frames, n_bands * channels))(x)


def sum_up(sequence: Any) -> Any:
    """The mean and the maximum over time, (batch, 2 * channels)."""
    layers = load_keras().layers
    mean = layers.GlobalAveragePooling1D()(sequence)
    return layers.Concatenate()([mean, layers.GlobalMaxPooling1D()(sequence)])
