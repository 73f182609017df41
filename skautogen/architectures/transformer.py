"""Attention from every step to every other: for sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._steps import pooled_model, sequence_input

if TYPE_CHECKING:
    import keras

_N_HEADS = 4
_FEED_FORWARD = 2


def build_transformer(
    meta: dict[str, Any],
    *,
    n_blocks: int = 2,
    units: int = 64,
    activation: str = "gelu",
    dropout: float = 0.1,
) -> keras.Model:
    """Build blocks of attention, over a convolution that tells of neighbours.

    Choose it for sequences of up to some hundreds of steps whose parts matter to each
    other wherever they are, and of which there are thousands. Its cost grows with the
    square of the number of steps.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; the last of ``X_shape_`` is the number of
        channels of the prepared sequences.
    n_blocks : int, default=2
    units : int, default=64
        Of each step; a multiple of 4, the number of heads.
    activation : str, default="gelu"
        Any activation that Keras knows by name.
    dropout : float in [0, 1), default=0.1
        Share of what each block adds, and of the pooled units, that is dropped in
        training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017; normalised before each
    part as in R. Xiong et al., "On Layer Normalization in the Transformer
    Architecture", ICML 2020.

    Examples
    --------
    >>> from skautogen.architectures.transformer import build_transformer
    >>> meta = {"X_shape_": (50, 30, 4), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_transformer(meta, n_blocks=1, units=8).output_shape
    (None, 3)
    """
    layers = load_keras().layers
    inputs, presence = sequence_input(meta)
    # What is padded is around a step as what is beyond the ends: so it learns places.
    hidden = layers.Conv1D(int(units), 5, padding="same")(inputs)
    is_there = presence[:, None, :, 0] > 0
    for _ in range(int(n_blocks)):
        normal = layers.LayerNormalization()(hidden)
        attended = layers.MultiHeadAttention(_N_HEADS, int(units) // _N_HEADS)(
            normal, normal, attention_mask=is_there
        )
        hidden = layers.Add()([hidden, layers.Dropout(float(dropout))(attended)])
        normal = layers.LayerNormalization()(hidden)
        inner = layers.Dense(_FEED_FORWARD * int(units), activation=str(activation))(
            normal
        )
        inner = layers.Dropout(float(dropout))(layers.Dense(int(units))(inner))
        hidden = layers.Add()([hidden, inner])
    hidden = layers.LayerNormalization()(hidden)
    return pooled_model(inputs, hidden, presence, dropout, meta)


TRANSFORMER = Architecture(
    name="transformer",
    build=build_transformer,
    input_kind="sequence",
    representation="steps",
    space={
        "n_blocks": [1, 2, 3],
        "units": [32, 64],
        "dropout": [0.0, 0.1, 0.3],
        "learning_rate": loguniform(3e-4, 3e-3),
        "weight_decay": loguniform(1e-3, 1e-1),
        "epoch_share": loguniform(0.2, 1.0),
        "schedule": ["warmup_cosine"],
    },
    grid={"n_blocks": [1, 2], "learning_rate": [5e-4, 2e-3]},
    portfolio=(
        {"learning_rate": 1e-3, "schedule": "warmup_cosine", "epoch_share": 0.5},
        {
            "learning_rate": 1e-3,
            "schedule": "warmup_cosine",
            "dropout": 0.3,
            "epoch_share": 1.0,
        },
    ),
)
