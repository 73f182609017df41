"""A residual network over periodic embeddings of the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._head import output_layer
from ._hidden import embed_numbers

if TYPE_CHECKING:
    import keras


def build_resnet(
    meta: dict[str, Any],
    *,
    width: int = 128,
    n_blocks: int = 2,
    activation: str = "silu",
    dropout: float = 0.1,
    n_frequencies: int = 16,
    sigma: float = 0.3,
) -> keras.Model:
    """Build a network of residual blocks: each adds to what the ones before made.

    Choose it for tables where depth helps, such as smooth functions of many inputs, and
    for variety in an ensemble with perceptrons.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_features_in_`` is the number of inputs,
        of which the first ``n_numeric_`` are numbers (all, if it is missing).
    width : int, default=128
        Units that blocks add to, and of their hidden layers.
    n_blocks : int, default=2
        How many blocks there are.
    activation : {"relu", "selu", "silu", "mish"}, default="silu"
        Of the hidden layer of each block, and before the last layer.
    dropout : float in [0, 1), default=0.1
        Share of the units that is dropped after each block in training.
    n_frequencies : int, default=16
        Waves of each number (:class:`skautogen.layers.PeriodicEmbedding`); 0 gives the
        numbers as they are.
    sigma : float, default=0.3
        Deviation of the initial frequencies.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    Y. Gorishniy, I. Rubachev, V. Khrulkov, A. Babenko, "Revisiting Deep Learning Models
    for Tabular Data", NeurIPS 2021.

    Examples
    --------
    >>> from skautogen.architectures.resnet import build_resnet
    >>> meta = {"n_features_in_": 4, "target_type_": "continuous", "n_outputs_": 1}
    >>> build_resnet(meta, width=8, n_blocks=3).output_shape
    (None, 1)
    """
    from ..layers import ResidualBlock

    layers = load_keras().layers
    inputs = layers.Input((meta["n_features_in_"],))
    hidden = embed_numbers(inputs, meta, n_frequencies, sigma)
    hidden = layers.Dense(int(width), kernel_initializer="lecun_normal")(hidden)
    for _ in range(int(n_blocks)):
        hidden = ResidualBlock(int(width), activation)(hidden)
        hidden = layers.Dropout(float(dropout))(hidden)
    hidden = layers.Activation(activation)(hidden)
    return load_keras().Model(inputs, output_layer(meta)(hidden))


RESNET = Architecture(
    name="resnet",
    build=build_resnet,
    input_kind="table",
    space={
        "dropout": [0.0, 0.1, 0.2, 0.4],
        "sigma": loguniform(0.05, 1.0),
        "learning_rate": loguniform(1.5e-3, 1.5e-2),
        "weight_decay": [0.0, 0.02, 0.1],
        "epoch_share": loguniform(0.03, 1.0),
    },
    grid={"dropout": [0.0, 0.3], "epoch_share": [0.1, 1.0]},
    portfolio=(
        {"dropout": 0.1, "learning_rate": 3e-3, "epoch_share": 0.2},
        {"dropout": 0.0, "learning_rate": 5e-3, "epoch_share": 1.0},
        {"dropout": 0.3, "learning_rate": 3e-3, "epoch_share": 0.06},
    ),
)
