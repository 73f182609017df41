"""Blocks over the steps of sequences; each leaves as many steps as there were."""

from __future__ import annotations

from typing import Any

from .._backend import load_keras
from ..structures import BlockKind
from ._steps import read_both_ways

_N_HEADS = 4


def _add_convolution(
    hidden: Any,
    presence: Any,
    *,
    filters: int,
    kernel_size: int,
    dilation: int,
    skip: bool,
) -> Any:
    layers = load_keras().layers
    added = layers.Conv1D(
        filters,
        kernel_size,
        dilation_rate=dilation,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
    )(hidden)
    # Keras' momentum of 0.99 needs hundreds of batches to forget its start.
    added = layers.BatchNormalization(momentum=0.9)(added)
    added = layers.Activation("relu")(added)
    return _join(hidden, added) if skip else added


def _add_recurrent(
    hidden: Any, presence: Any, *, cell: str, units: int, skip: bool
) -> Any:
    layers = load_keras().layers
    make = {"gru": layers.GRU, "lstm": layers.LSTM}[cell]
    added = read_both_ways(make, units, hidden, presence[..., 0] > 0)
    return _join(hidden, added) if skip else added


def _add_attention(hidden: Any, presence: Any, *, units: int) -> Any:
    """Attention, added to what it looks at: without that no step knows its place."""
    layers = load_keras().layers
    normal = layers.LayerNormalization()(hidden)
    attend = layers.MultiHeadAttention(
        _N_HEADS, units // _N_HEADS, output_shape=hidden.shape[-1]
    )
    attended = attend(normal, normal, attention_mask=presence[:, None, :, 0] > 0)
    return layers.Add()([hidden, attended])


def _join(hidden: Any, added: Any) -> Any:
    """Add what goes into a block to what comes out, made as wide as that."""
    layers = load_keras().layers
    if hidden.shape[-1] != added.shape[-1]:
        hidden = layers.Dense(added.shape[-1])(hidden)
    return layers.Add()([hidden, added])


CONVOLUTION = BlockKind(
    "convolution",
    {
        "filters": (16, 32, 64, 96),
        "kernel_size": (3, 5, 7),
        "dilation": (1, 2, 4, 8),
        "skip": (False, True),
    },
    _add_convolution,
)

RECURRENT = BlockKind(
    "recurrent",
    {"cell": ("gru", "lstm"), "units": (16, 32, 64), "skip": (False, True)},
    _add_recurrent,
)

ATTENTION = BlockKind("attention", {"units": (16, 32, 64)}, _add_attention)
