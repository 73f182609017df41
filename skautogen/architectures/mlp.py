"""A plain multi-layer perceptron, and the space it is searched over."""

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


def build_mlp(
    meta: dict[str, Any],
    *,
    hidden_layer_sizes: int | Sequence[int] = (128, 128),
    activation: str = "relu",
    dropout: float = 0.0,
    batch_normalization: bool = False,
) -> keras.Model:
    """Build a multi-layer perceptron: dense layers, each with its activation.

    Choose it for what is to be small and plain, or has hundreds of numbers; on most
    tables ``"realmlp"`` predicts better.

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
    keras = load_keras()
    inputs = keras.layers.Input((meta["n_features_in_"],))
    hidden = hidden_layers(
        inputs,
        hidden_layer_sizes,
        dropout=dropout,
        batch_normalization=batch_normalization,
        activate=lambda: keras.layers.Activation(str(activation)),
        kernel_initializer="he_normal",
    )
    return keras.Model(inputs, output_layer(meta)(hidden))


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
    "epoch_share": loguniform(0.05, 1.0),
}

_SMOOTH = {"activation": "silu"}

MLP = Architecture(
    name="mlp",
    build=build_mlp,
    input_kind="table",
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
    # One structure, which one program trains.
    portfolio=(
        {**_SMOOTH, "dropout": 0.1, "learning_rate": 4e-3, "epoch_share": 0.3},
        {**_SMOOTH, "dropout": 0.0, "learning_rate": 4e-3, "epoch_share": 1.0},
        {**_SMOOTH, "dropout": 0.3, "learning_rate": 2e-3, "epoch_share": 0.1},
    ),
)
