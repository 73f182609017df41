"""Recurrent layers over the vectors of tokens: for texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._steps import pooled_model, read_both_ways
from ._token_steps import embed_tokens

if TYPE_CHECKING:
    import keras


def build_text_gru(
    meta: dict[str, Any],
    *,
    dimension: int = 32,
    units: int = 32,
    dropout: float = 0.3,
) -> keras.Model:
    """Build a recurrent layer in each direction over the vectors of tokens.

    Choose it where words far apart bear on one another, and texts are short: each token
    waits for the one before it.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_tokens_`` is how many tokens there are.
    dimension : int, default=32
        Of the vector of a token.
    units : int, default=32
        Of each direction.
    dropout : float in [0, 1), default=0.3
        Share of the vectors, and of the pooled units, that is dropped in training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    K. Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder for
    Statistical Machine Translation", EMNLP 2014.

    Examples
    --------
    >>> from skautogen.architectures.text_gru import build_text_gru
    >>> meta = {"n_tokens_": 100, "target_type_": "multiclass", "n_classes_": 3}
    >>> build_text_gru(meta, units=8).output_shape
    (None, 3)
    """
    inputs, vectors, presence = embed_tokens(meta, dimension, dropout)
    hidden = read_both_ways(load_keras().layers.GRU, int(units), vectors)
    return pooled_model(inputs, hidden, presence, dropout, meta)


TEXT_GRU = Architecture(
    name="text_gru",
    build=build_text_gru,
    input_kind="text",
    representation="tokens",
    space={
        "dimension": [16, 32, 64],
        "units": [16, 32, 64],
        "dropout": [0.2, 0.3, 0.5],
        "learning_rate": loguniform(1e-3, 1e-2),
        "weight_decay": loguniform(1e-3, 1e-1),
        "epoch_share": loguniform(0.1, 0.6),
    },
    grid={"units": [16, 32], "learning_rate": [2e-3, 5e-3]},
    portfolio=(
        {"learning_rate": 4e-3, "weight_decay": 0.02, "epoch_share": 0.2},
        {
            "learning_rate": 4e-3,
            "weight_decay": 0.05,
            "dropout": 0.5,
            "epoch_share": 0.4,
        },
    ),
)
