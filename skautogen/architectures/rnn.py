"""Recurrent layers in both directions: for sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from .._spelling import unknown_name
from ._architecture import Architecture
from ._steps import pooled_model, read_both_ways, sequence_input

if TYPE_CHECKING:
    import keras

_CELLS = ("gru", "lstm")


def build_rnn(
    meta: dict[str, Any],
    *,
    cell: str = "gru",
    units: int = 32,
    n_layers: int = 1,
    dropout: float = 0.2,
) -> keras.Model:
    """Build recurrent layers that read sequences forwards and backwards.

    Choose it for short sequences in which what comes before matters to what comes after
    at any distance. Each step waits for the one before it: on sequences of hundreds of
    steps ``"temporal_cnn"`` and ``"rocket"`` are much faster.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; the last of ``X_shape_`` is the number of
        channels of the prepared sequences.
    cell : {"gru", "lstm"}, default="gru"
    units : int, default=32
        Of each direction.
    n_layers : int, default=1
    dropout : float in [0, 1), default=0.2
        Share of the pooled units that is dropped in training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    K. Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder for
    Statistical Machine Translation", EMNLP 2014; S. Hochreiter, J. Schmidhuber, "Long
    Short-Term Memory", Neural Computation 9, 1997.

    Examples
    --------
    >>> from skautogen.architectures.rnn import build_rnn
    >>> meta = {"X_shape_": (50, 30, 4), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_rnn(meta, units=8).output_shape
    (None, 3)
    """
    if cell not in _CELLS:
        raise ValueError(unknown_name("cell", cell, _CELLS))
    layers = load_keras().layers
    make = {"gru": layers.GRU, "lstm": layers.LSTM}[cell]
    inputs, presence = sequence_input(meta)
    is_there = presence[..., 0] > 0
    hidden = inputs
    for _ in range(int(n_layers)):
        hidden = read_both_ways(make, int(units), hidden, is_there)
        hidden = layers.Multiply()([hidden, presence])
    return pooled_model(inputs, hidden, presence, dropout, meta)


RNN = Architecture(
    name="rnn",
    build=build_rnn,
    input_kind="sequence",
    representation="steps",
    space={
        "cell": ["gru", "lstm"],
        "units": [16, 32, 64],
        "dropout": [0.0, 0.2, 0.4],
        "learning_rate": loguniform(1e-3, 1e-2),
        "weight_decay": [0.0, 1e-2],
        "epoch_share": loguniform(0.2, 1.0),
    },
    grid={"cell": ["gru", "lstm"], "learning_rate": [2e-3, 6e-3]},
    portfolio=(
        {"learning_rate": 5e-3, "epoch_share": 0.5},
        {"learning_rate": 3e-3, "units": 64, "dropout": 0.4, "epoch_share": 1.0},
    ),
)
