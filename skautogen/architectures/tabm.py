"""TabM: an ensemble of perceptrons that share nearly all of their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._head import output_settings
from ._hidden import embed_numbers, hidden_layers

if TYPE_CHECKING:
    import keras


def build_tabm(
    meta: dict[str, Any],
    *,
    n_members: int = 8,
    hidden_layer_sizes: int | Sequence[int] = (128, 128, 128),
    activation: str = "silu",
    dropout: float = 0.1,
    n_frequencies: int = 16,
    sigma: float = 0.3,
) -> keras.Model:
    """Build members that differ in how they see the inputs, and in their last layer.

    Choose it where one network has to do, since it answers as an ensemble does; with
    ``ensemble_size`` as it is by default, networks of the folds are averaged anyway.
    It is TabM-mini, trained as BatchEnsemble is: a row of a batch goes through one
    member, and all are averaged in predictions.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_features_in_`` is the number of inputs,
        of which the first ``n_numeric_`` are numbers (all, if it is missing).
    n_members : int, default=8
        How many answer together. A prediction costs so many times as much.
    hidden_layer_sizes : int or sequence of int, default=(128, 128, 128)
        Units of each hidden layer.
    activation : str, default="silu"
        Any activation that Keras knows by name.
    dropout : float in [0, 1), default=0.1
        Share of the units of each hidden layer that is dropped in training.
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
    Y. Gorishniy, A. Kotelnikov, A. Babenko, "TabM: Advancing Tabular Deep Learning with
    Parameter-Efficient Ensembling", ICLR 2025; Y. Wen, D. Tran, J. Ba, "BatchEnsemble",
    ICLR 2020.

    Examples
    --------
    >>> from skautogen.architectures.tabm import build_tabm
    >>> meta = {"n_features_in_": 4, "target_type_": "multiclass", "n_classes_": 3}
    >>> build_tabm(meta, n_members=2, hidden_layer_sizes=(8,)).output_shape
    (None, 3)
    """
    from ..layers import MemberHeads, MemberInputs

    keras = load_keras()
    inputs = keras.layers.Input((meta["n_features_in_"],))
    hidden = embed_numbers(inputs, meta, n_frequencies, sigma)
    hidden = MemberInputs(int(n_members))(hidden)
    hidden = hidden_layers(
        hidden,
        hidden_layer_sizes,
        dropout=dropout,
        batch_normalization=False,
        activate=lambda: keras.layers.Activation(str(activation)),
        kernel_initializer="lecun_normal",
    )
    outputs = MemberHeads(int(n_members), **output_settings(meta))(hidden)
    return keras.Model(inputs, outputs)


TABM = Architecture(
    name="tabm",
    build=build_tabm,
    input_kind="table",
    space={
        "dropout": [0.0, 0.1, 0.2, 0.4],
        "sigma": loguniform(0.1, 1.0),
        "learning_rate": loguniform(1.5e-3, 1.5e-2),
        "weight_decay": [0.0, 0.02, 0.1],
        "epoch_share": loguniform(0.05, 1.0),
    },
    grid={"dropout": [0.0, 0.2], "epoch_share": [0.1, 1.0]},
    portfolio=(
        {"dropout": 0.1, "sigma": 0.5, "learning_rate": 4.5e-3, "epoch_share": 0.45},
        {"dropout": 0.0, "sigma": 1.0, "learning_rate": 6e-3, "epoch_share": 1.0},
        {"dropout": 0.3, "learning_rate": 2e-3, "epoch_share": 0.2},
    ),
)
