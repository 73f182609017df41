"""RealMLP: a multi-layer perceptron with the parts that tables want."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._head import output_layer

if TYPE_CHECKING:
    import keras


def build_realmlp(
    meta: dict[str, Any],
    *,
    hidden_layer_sizes: int | Sequence[int] = (256, 256, 256),
    activation: str = "mish",
    dropout: float = 0.15,
    n_frequencies: int = 16,
    embedding_dimension: int = 4,
    sigma: float = 0.1,
    scale_speed: float = 20.0,
    share_speed: float = 1.0,
    embedding_speed: float = 1.0,
) -> keras.Model:
    from ..layers import FeatureScale, ParametricActivation, PeriodicEmbedding

    layers = load_keras().layers
    sizes = (
        [hidden_layer_sizes]
        if isinstance(hidden_layer_sizes, int)
        else hidden_layer_sizes
    )
    inputs = layers.Input((meta["n_features_in_"],))
    n_numeric = meta.get("n_numeric_", meta["n_features_in_"])
    hidden = inputs
    if n_numeric and n_frequencies:
        hidden = PeriodicEmbedding(
            n_numeric, n_frequencies, embedding_dimension, sigma, embedding_speed
        )(hidden)
    if scale_speed:
        hidden = FeatureScale(scale_speed)(hidden)
    for units in sizes:
        hidden = layers.Dense(int(units), kernel_initializer="lecun_normal")(hidden)
        if share_speed:
            hidden = ParametricActivation(activation, share_speed)(hidden)
        else:
            hidden = layers.Activation(activation)(hidden)
        if dropout:
            hidden = layers.Dropout(float(dropout))(hidden)
    return load_keras().Model(inputs, output_layer(meta)(hidden))


REALMLP = Architecture(
    name="realmlp",
    build=build_realmlp,
    space={"learning_rate": loguniform(1e-3, 1e-2)},
)
