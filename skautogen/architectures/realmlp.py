"""A perceptron that sees each number in waves: the default for tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._head import output_layer
from ._hidden import embed_numbers, hidden_layers

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
    batch_normalization: bool = False,
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
    batch_normalization : bool, default=False
        Whether to normalise each hidden layer over the batch, before its activation
        (Ioffe and Szegedy, ICML 2015).
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
    from ..layers import FeatureScale, ParametricActivation

    keras = load_keras()
    inputs = keras.layers.Input((meta["n_features_in_"],))
    hidden = embed_numbers(inputs, meta, n_frequencies, sigma)
    if input_scale:
        hidden = FeatureScale(speed=_SCALE_SPEED)(hidden)
    kind = ParametricActivation if parametric_activation else keras.layers.Activation
    hidden = hidden_layers(
        hidden,
        hidden_layer_sizes,
        dropout=dropout,
        batch_normalization=batch_normalization,
        activate=lambda: kind(str(activation)),
        kernel_initializer="lecun_normal",
    )
    return keras.Model(inputs, output_layer(meta)(hidden))


# Three temperaments, found on development tables (docs/quality.md): the first for
# targets that are smooth functions of the inputs, the last for noisy ones. Each is
# tried at several lengths, which is what tables differ in most.
_SMOOTH = {"dropout": 0.0, "sigma": 1.0, "learning_rate": 8e-3}
_USUAL = {"dropout": 0.15, "sigma": 0.5, "learning_rate": 6e-3}
_NOISY = {"dropout": 0.3, "sigma": 0.3, "learning_rate": 2.5e-3, "weight_decay": 0.1}
_PLAIN = {"n_frequencies": 0}

REALMLP = Architecture(
    name="realmlp",
    build=build_realmlp,
    input_kind="table",
    # One structure, which one program trains: what differs is numbers.
    space={
        "dropout": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5],
        "sigma": loguniform(0.1, 2.0),
        "learning_rate": loguniform(1.5e-3, 1.5e-2),
        "weight_decay": [0.0, 0.02, 0.1],
        "epoch_share": loguniform(0.05, 1.0),
    },
    grid={"dropout": [0.0, 0.3], "epoch_share": [0.1, 1.0]},
    portfolio=(
        {**_USUAL, "epoch_share": 0.45},
        {**_SMOOTH, "epoch_share": 1.0},
        {**_NOISY, "epoch_share": 0.2},
        {**_USUAL, "epoch_share": 1.0},
        {**_NOISY, "epoch_share": 0.07},
        {**_SMOOTH, "epoch_share": 0.45},
        {**_NOISY, "epoch_share": 0.6},
        {**_USUAL, "epoch_share": 0.2},
        {**_SMOOTH, "epoch_share": 0.2},
        # On some small tables waves only bring noise.
        {**_PLAIN, **_SMOOTH, "epoch_share": 1.0},
        {**_PLAIN, **_USUAL, "epoch_share": 0.45},
    ),
)
