"""How networks for images begin, and how they answer from the places that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._backend import load_keras
from ._convolutions import convolve
from ._head import output_layer

if TYPE_CHECKING:
    import keras

# The longest side of an image that a network looks at; larger ones are averaged down.
_LONGEST_SIDE = 64
# From this length of the shorter side on, edges are summed up over 2 x 2 pixels.
_SIDE_TO_POOL = 20
# Places along a side that are left for the last layers.
_MOST_PLACES = 8


def see(
    meta: dict[str, Any], *, n_orientations: int, shift: float, mirror: bool
) -> tuple[Any, Any]:
    """Begin a network: images on one scale, varied in training, and their edges.

    Parameters
    ----------
    meta : dict
        ``X_shape_`` is (n, height, width, channels); ``pixel_mean_`` and
        ``pixel_scale_`` are the mean and the deviation of each channel.
    n_orientations : int
        Directions of edges that are told apart; 0 leaves the images as they are.
    shift : float
    mirror : bool
        See :class:`skautogen.layers.RandomPlacement`.

    Returns
    -------
    inputs : keras.KerasTensor of shape (batch, height, width, channels)
        Raw pixels.
    hidden : keras.KerasTensor of shape (batch, places, places, features)
    """
    from ..layers import OrientedGradients, RandomPlacement

    layers = load_keras().layers
    shape, scale = meta["X_shape_"][1:], meta["pixel_scale_"]
    offset = [-m / s for m, s in zip(meta["pixel_mean_"], scale, strict=True)]
    inputs = layers.Input(shape)
    hidden = layers.Rescaling([1 / each for each in scale], offset)(inputs)
    n_averaged = -(-max(shape[:2]) // _LONGEST_SIDE)
    if n_averaged > 1:
        hidden = layers.AveragePooling2D(n_averaged, padding="same")(hidden)
    if shift or mirror:
        hidden = RandomPlacement(float(shift), bool(mirror))(hidden)
    if not n_orientations:
        return inputs, hidden
    pool_size = 2 if min(hidden.shape[1:3]) >= _SIDE_TO_POOL else 1
    edges = OrientedGradients(int(n_orientations), pool_size)(hidden)
    hidden = layers.AveragePooling2D(pool_size, padding="same")(hidden)
    return inputs, layers.Concatenate()([edges, hidden])


def bring_together(hidden: Any, filters: int, activation: str) -> Any:
    """Convolve until there are few places left, whatever the size of the image.

    Parameters
    ----------
    hidden : keras.KerasTensor of shape (batch, height, width, features)
    filters : int
        Of the last convolution; of those before, on more places, half as many.
    activation : str

    Returns
    -------
    hidden : keras.KerasTensor of shape (batch, height, width, filters)
        At most 8 x 8 places.
    """
    while True:
        height, width = hidden.shape[1:3]
        strides = (1 + (height > _MOST_PLACES), 1 + (width > _MOST_PLACES))
        is_last = max(height, width) <= 2 * _MOST_PLACES
        n_filters = filters if is_last else filters // 2
        hidden = convolve(hidden, n_filters, strides=strides, activation=activation)
        if is_last:
            return hidden


def answer_from_places(
    inputs: Any, hidden: Any, dropout: float, meta: dict[str, Any]
) -> keras.Model:
    """End a network: answer from the features of all places.

    Parameters
    ----------
    inputs : keras.KerasTensor
        Of :func:`see`.
    hidden : keras.KerasTensor of shape (batch, height, width, filters)
    dropout : float in [0, 1)
        Share of the features that is dropped in training.
    meta : dict
        What SciKeras knows of the data.

    Returns
    -------
    model : keras.Model
    """
    keras = load_keras()
    hidden = keras.layers.Flatten()(hidden)
    if dropout:
        hidden = keras.layers.Dropout(float(dropout))(hidden)
    return keras.Model(inputs, output_layer(meta)(hidden))
