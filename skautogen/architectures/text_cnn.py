"""Convolutions over the vectors of tokens: for texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._steps import pooled_model
from ._token_steps import embed_tokens

if TYPE_CHECKING:
    import keras

# Tokens that kernels see, side by side.
_WIDTHS = (2, 3, 4)


def build_text_cnn(
    meta: dict[str, Any],
    *,
    dimension: int = 64,
    filters: int = 64,
    dropout: float = 0.3,
) -> keras.Model:
    """Build convolutions of several widths over the vectors of tokens, and pool them.

    Choose it where short phrases matter in the order of their words, and there are
    thousands of texts to learn them from.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_tokens_`` is how many tokens there are.
    dimension : int, default=64
        Of the vector of a token.
    filters : int, default=64
        Of each of the widths 2, 3 and 4.
    dropout : float in [0, 1), default=0.3
        Share of the vectors, and of the pooled filters, that is dropped in training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    Y. Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014.

    Examples
    --------
    >>> from skautogen.architectures.text_cnn import build_text_cnn
    >>> meta = {"n_tokens_": 100, "target_type_": "multiclass", "n_classes_": 3}
    >>> build_text_cnn(meta, filters=8).output_shape
    (None, 3)
    """
    layers = load_keras().layers
    inputs, vectors, presence = embed_tokens(meta, dimension, dropout)
    found = [
        layers.Conv1D(int(filters), width, padding="same", activation="relu")(vectors)
        for width in _WIDTHS
    ]
    hidden = layers.Concatenate()(found)
    return pooled_model(inputs, hidden, presence, dropout, meta)


TEXT_CNN = Architecture(
    name="text_cnn",
    build=build_text_cnn,
    input_kind="text",
    representation="tokens",
    space={
        "dimension": [32, 64, 128],
        "filters": [32, 64, 128],
        "dropout": [0.2, 0.3, 0.5],
        "learning_rate": loguniform(5e-4, 5e-3),
        "weight_decay": loguniform(1e-3, 1e-1),
        "epoch_share": loguniform(0.1, 0.6),
    },
    grid={"filters": [32, 128], "learning_rate": [1e-3, 3e-3]},
    portfolio=(
        {"learning_rate": 2e-3, "weight_decay": 0.02, "epoch_share": 0.2},
        {
            "learning_rate": 1e-3,
            "weight_decay": 0.05,
            "dropout": 0.5,
            "epoch_share": 0.4,
        },
    ),
)
