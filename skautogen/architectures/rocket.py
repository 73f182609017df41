"""A network over what random convolution kernels find: for sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._head import output_layer
from ._hidden import hidden_layers

if TYPE_CHECKING:
    import keras


def build_rocket(
    meta: dict[str, Any],
    *,
    hidden_layer_sizes: int | Sequence[int] = (),
    activation: str = "silu",
    dropout: float = 0.5,
) -> keras.Model:
    """Build a network over thousands of features that random kernels have found.

    Choose it for sequences of which there are few: only the last layers are trained.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; the last of ``X_shape_`` is the number of
        features.
    hidden_layer_sizes : int or sequence of int, default=()
        Units of each hidden layer; none is a linear model.
    activation : str, default="silu"
        Any activation that Keras knows by name.
    dropout : float in [0, 1), default=0.5
        Share of the features, and of the units of each hidden layer, that is dropped in
        training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    A. Dempster, F. Petitjean, G. I. Webb, "ROCKET: exceptionally fast and accurate time
    series classification using random convolutional kernels", Data Mining and Knowledge
    Discovery 34, 2020.

    Examples
    --------
    >>> from skautogen.architectures.rocket import build_rocket
    >>> meta = {"X_shape_": (50, 400), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_rocket(meta).count_params()
    1203
    """
    keras = load_keras()
    inputs = keras.layers.Input((meta["X_shape_"][-1],))
    hidden = hidden_layers(
        keras.layers.Dropout(float(dropout))(inputs),
        hidden_layer_sizes,
        dropout=dropout,
        batch_normalization=False,
        activate=lambda: keras.layers.Activation(str(activation)),
        kernel_initializer="he_normal",
    )
    # What the many features have to begin with they would keep, where rows are few.
    output = output_layer(meta, kernel_initializer="zeros")
    return keras.Model(inputs, output(hidden))


ROCKET = Architecture(
    name="rocket",
    build=build_rocket,
    input_kind="sequence",
    representation="kernels",
    space={
        "hidden_layer_sizes": [(), (), (128,)],
        "optimizer": ["momentum"],
        "dropout": [0.0, 0.5, 0.8],
        "learning_rate": loguniform(2e-4, 3e-3),
        "weight_decay": loguniform(1e-2, 10.0),
    },
    grid={"dropout": [0.0, 0.5], "learning_rate": [3e-4, 1e-3]},
    # Many short steps: a rate that Adam would take fits few of the many features.
    portfolio=(
        {"optimizer": "momentum", "learning_rate": 1e-3, "epoch_share": 1.0},
        {
            "learning_rate": 1e-4,
            "weight_decay": 0.1,
            "dropout": 0.0,
            "epoch_share": 1.0,
        },
    ),
)
