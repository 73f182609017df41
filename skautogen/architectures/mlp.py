"""A plain multi-layer perceptron, and the space it is searched over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._head import output_layer

if TYPE_CHECKING:
    import keras


def build_mlp(
    meta: dict[str, Any],
    *,
    hidden_layer_sizes: int | Sequence[int] = (128, 128),
    activation: str = "relu",
    dropout: float = 0.0,
    batch_normalization: bool = False,
) -> keras.Model:
    """Build a multi-layer perceptron: dense layers, each with its activation.

    Choose it for tables. It is small, trains in seconds, and with its rates and widths
    searched it is hard to beat on a few thousand rows.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_features_in_`` is the number of inputs.
    hidden_layer_sizes : int or sequence of int, default=(128, 128)
        Units of each hidden layer. A single number is one layer; an empty sequence is
        a linear model.
    activation : str, default="relu"
        Any activation that Keras knows by name.
    dropout : float in [0, 1), default=0.0
        Share of the units of each hidden layer that is dropped in training
        (Srivastava et al., JMLR 2014).
    batch_normalization : bool, default=False
        Whether to normalise each hidden layer over the batch, before its activation
        (Ioffe and Szegedy, ICML 2015).

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.mlp import build_mlp
    >>> meta = {"n_features_in_": 4, "target_type_": "multiclass", "n_classes_": 3}
    >>> build_mlp(meta, hidden_layer_sizes=(8,)).count_params()
    67
    """
    layers = load_keras().layers
    sizes = (
        [hidden_layer_sizes]
        if isinstance(hidden_layer_sizes, int)
        else hidden_layer_sizes
    )
    inputs = layers.Input((meta["n_features_in_"],))
    hidden = inputs
    for units in sizes:
        hidden = layers.Dense(
            int(units),
            kernel_initializer="he_normal",
            # The normalisation would take a bias away again.
            use_bias=not batch_normalization,
        )(hidden)
        if batch_normalization:
            # Keras' momentum of 0.99 needs hundreds of batches to forget its start;
            # a fold of a small table has ten.
            hidden = layers.BatchNormalization(momentum=0.9)(hidden)
        hidden = layers.Activation(str(activation))(hidden)
        if dropout:
            hidden = layers.Dropout(float(dropout))(hidden)
    return load_keras().Model(inputs, output_layer(meta)(hidden))


_SHAPE = {
    "hidden_layer_sizes": [
        (64,),
        (256,),
        (64, 64),
        (128, 128),
        (256, 128),
        (128, 128, 128),
    ],
    "activation": ["relu", "silu", "selu", "mish"],
    "dropout": [0.0, 0.0, 0.1, 0.3],
    "batch_normalization": [False, False, True],
    "weight_decay": [0.0, 1e-4, 1e-2],
    "schedule": ["constant", "exponential", "cosine", "warmup_cosine"],
}

MLP = Architecture(
    name="mlp",
    build=build_mlp,
    # Optimizers differ in the rates that suit them by orders of magnitude: Lion steps
    # by a sign (Chen et al., arXiv 2302.06675, advise a rate 3 to 10 times smaller than
    # Adam's), SGD by the plain gradient.
    space=[
        {**_SHAPE, "optimizer": ["adam"], "learning_rate": loguniform(5e-4, 2e-2)},
        {
            **_SHAPE,
            "optimizer": ["nadam", "rmsprop"],
            "learning_rate": loguniform(5e-4, 1e-2),
        },
        {**_SHAPE, "optimizer": ["momentum"], "learning_rate": loguniform(1e-3, 3e-2)},
        {**_SHAPE, "optimizer": ["lion"], "learning_rate": loguniform(1e-4, 2e-3)},
    ],
    grid={
        "hidden_layer_sizes": [(64,), (128, 128)],
        "activation": ["relu", "silu"],
        "learning_rate": [1e-3, 1e-2],
    },
)
