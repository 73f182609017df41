"""A small convolutional network over the edges of images: the default for images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from ._architecture import Architecture
from ._convolutions import convolve
from ._images import answer_from_places, bring_together, see

if TYPE_CHECKING:
    import keras


def build_cnn(
    meta: dict[str, Any],
    *,
    filters: int = 64,
    n_convolutions: int = 1,
    activation: str = "relu",
    dropout: float = 0.0,
    n_orientations: int = 8,
    shift: float = 0.04,
    mirror: bool = False,
) -> keras.Model:
    """Build a small convolutional network over edges and colours.

    Choose it for images, above all where there are a few thousand or fewer: the edges
    are computed and not learnt, and the answer is read from the features of some
    8 x 8 places, so that a dozen passes over the images are enough.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data, and ``pixel_mean_`` and ``pixel_scale_``, the
        mean and deviation of each channel.
    filters : int, default=64
        Of the convolutions.
    n_convolutions : int, default=1
        After those that bring the image down to at most 8 x 8 places.
    activation : str, default="relu"
        Any activation that Keras knows by name.
    dropout : float in [0, 1), default=0.0
        Share of the features of all places that is dropped in training before they are
        put together.
    n_orientations : int, default=8
        Directions of edges that are told apart; with 0 the network sees pixels alone.
    shift : float in [0, 1], default=0.04
        Most that images are moved by in training, as a share of their sides; a pixel
        at least, unless it is 0.
    mirror : bool, default=False
        Whether half of the images are mirrored in training, left to right. Good for
        most things, bad for digits and letters.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.cnn import build_cnn
    >>> meta = {"X_shape_": (9, 28, 28, 1), "target_type_": "continuous"}
    >>> meta |= {"n_outputs_": 1, "pixel_mean_": (73.0,), "pixel_scale_": (90.0,)}
    >>> build_cnn(meta, filters=16).layers[-2].output.shape
    (None, 784)
    """
    inputs, hidden = see(
        meta, n_orientations=n_orientations, shift=shift, mirror=mirror
    )
    hidden = bring_together(hidden, int(filters), str(activation))
    for _ in range(n_convolutions):
        hidden = convolve(hidden, int(filters), activation=str(activation))
    return answer_from_places(inputs, hidden, dropout, meta)


_TRAINING = {
    "learning_rate": 4e-3,
    "weight_decay": 0.1,
    "schedule": "warmup_cosine",
    "batch_size": 64,
    "epoch_share": 0.33,
}

CNN = Architecture(
    name="cnn",
    build=build_cnn,
    input_kind="image",
    space={
        "filters": [32, 64, 64, 96],
        "n_convolutions": [1, 1, 2],
        "dropout": [0.0, 0.0, 0.3],
        "shift": [0.0, 0.04, 0.04, 0.08],
        "mirror": [False, True],
        "learning_rate": loguniform(2e-3, 8e-3),
        "weight_decay": loguniform(1e-2, 3e-1),
        "schedule": ["warmup_cosine"],
        "batch_size": [64],
        "epoch_share": loguniform(0.2, 1.0),
    },
    grid={"mirror": [False, True], "shift": [0.0, 0.05]},
    portfolio=(
        {**_TRAINING, "mirror": False},
        {**_TRAINING, "mirror": True},
    ),
)
