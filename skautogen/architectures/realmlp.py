"""A perceptron that sees each number in waves: the default for tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._head import output_layer

if TYPE_CHECKING:
    import keras

# Factors of inputs are learnt faster than the weights behind them.
_SCALE_SPEED = 10.0


def build_realmlp(
    meta: dict[str, Any],
    *,
    hidden_layer_sizes: int | Sequence[int] = (128, 128, 128),
    activation: str = "silu",
    dropout: float = 0.15,
    n_frequencies: int = 16,
    sigma: float = 0.3,
    input_scale: bool = False,
    parametric_activation: bool = False,
) -> keras.Model:
    """Build a multi-layer perceptron over periodic embeddings of the numbers.

    Choose it for tables: the embeddings let it learn steps and bumps that a plain
    perceptron smooths over. It is RealMLP (Holzmüller et al., NeurIPS 2024) without
    the parts that brought nothing where the networks of several folds are averaged
    (``docs/quality.md``); two of these are there to be tried.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_features_in_`` is the number of inputs,
        of which the first ``n_numeric_`` are numbers (all, if it is missing).
    hidden_layer_sizes : int or sequence of int, default=(128, 128, 128)
        Units of each hidden layer.
    activation : str, default="silu"
        Any activation that Keras knows by name.
    dropout : float in [0, 1), default=0.15
        Share of the units of each hidden layer that is dropped in training: more where
        the target is noisy, none where it is a smooth function of the inputs.
    n_frequencies : int, default=16
        Waves of each number; 0 gives the numbers as they are.
    sigma : float, default=0.3
        Deviation of the initial frequencies: the larger, the finer the differences
        that the network sees.
    input_scale : bool, default=False
        Whether each input has a learnt factor, which soon takes out what matters
        little.
    parametric_activation : bool, default=False
        Whether each unit learns how much of its activation it takes; then
        ``activation`` is ``"relu"``, ``"selu"``, ``"silu"`` or ``"mish"``.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.realmlp import build_realmlp
    >>> meta = {"n_features_in_": 4, "target_type_": "multiclass", "n_classes_": 3}
    >>> model = build_realmlp(meta, hidden_layer_sizes=(8,))
    >>> [layer.name.split("_")[0] for layer in model.layers][1:]
    ['periodic', 'dense', 'activation', 'dropout', 'output']
    """
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
        hidden = PeriodicEmbedding(n_numeric, n_frequencies, sigma=sigma)(hidden)
    if input_scale:
        hidden = FeatureScale(speed=_SCALE_SPEED)(hidden)
    activate = ParametricActivation if parametric_activation else layers.Activation
    for units in sizes:
        hidden = layers.Dense(int(units), kernel_initializer="lecun_normal")(hidden)
        hidden = activate(str(activation))(hidden)
        if dropout:
            hidden = layers.Dropout(float(dropout))(hidden)
    return load_keras().Model(inputs, output_layer(meta)(hidden))


# One structure, so that one program trains all of them: what differs is numbers.
REALMLP = Architecture(
    name="realmlp",
    build=build_realmlp,
    space={
        "dropout": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5],
        "sigma": loguniform(0.05, 1.0),
        "learning_rate": loguniform(1e-3, 1e-2),
        "weight_decay": [0.0, 0.02, 0.1],
        "epoch_share": loguniform(0.03, 1.0),
    },
    grid={"dropout": [0.0, 0.3], "epoch_share": [0.1, 1.0]},
    portfolio=(
        {"dropout": 0.15, "learning_rate": 4e-3, "epoch_share": 0.2},
        {"dropout": 0.0, "learning_rate": 8e-3, "epoch_share": 1.0},
        {"dropout": 0.3, "learning_rate": 3e-3, "epoch_share": 0.06},
        {"dropout": 0.15, "learning_rate": 4e-3, "epoch_share": 1.0},
    ),
)
