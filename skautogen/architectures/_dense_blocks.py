"""Blocks of dense layers, of which structures for tables and texts are made.

Each is a chain of layers that a stack of networks computes as one, whatever follows
what: a generation of structures trains together.
"""

from __future__ import annotations

from typing import Any

from .._backend import load_keras
from ..structures import BlockKind

_ACTIVATIONS = ("relu", "silu", "selu", "mish")


def _add_dense(hidden: Any, *, units: int, activation: str, normalisation: str) -> Any:
    layers = load_keras().layers
    is_normalised = normalisation == "batch"
    hidden = layers.Dense(
        units,
        kernel_initializer="lecun_normal",
        # The normalisation would take a bias away again.
        use_bias=not is_normalised,
    )(hidden)
    if is_normalised:
        # Keras' momentum of 0.99 needs hundreds of batches to forget its start; a fold
        # of a small table has ten.
        hidden = layers.BatchNormalization(momentum=0.9)(hidden)
    return layers.Activation(activation)(hidden)


def _add_residual(hidden: Any, *, units: int, activation: str) -> Any:
    from ..layers import ResidualBlock

    return ResidualBlock(units, activation)(hidden)


DENSE = BlockKind(
    "dense",
    {
        "units": (32, 64, 128, 256),
        "activation": _ACTIVATIONS,
        "normalisation": ("none", "none", "batch"),
    },
    _add_dense,
)

# A skip connection around two layers, of which the second has as many units as go in.
RESIDUAL = BlockKind(
    "residual",
    {"units": (32, 64, 128, 256), "activation": _ACTIVATIONS},
    _add_residual,
)
