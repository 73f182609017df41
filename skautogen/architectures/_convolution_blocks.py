"""Blocks of convolutions, of which structures for images and sounds are made."""

from __future__ import annotations

from typing import Any

from .._backend import load_keras
from ..structures import BlockKind
from ._convolutions import convolve

# Sides that are no longer than this are not halved again.
_FEWEST_PLACES = 4


def _add_convolution(
    hidden: Any, *, filters: int, kernel_size: int, halves: bool, skip: bool
) -> Any:
    strides = _strides(hidden) if halves else (1, 1)
    added = convolve(hidden, filters, kernel_size, strides=strides)
    return _join(hidden, added, strides) if skip else added


def _add_separable(hidden: Any, *, filters: int, kernel_size: int, skip: bool) -> Any:
    layers = load_keras().layers
    added = layers.DepthwiseConv2D(kernel_size, padding="same", use_bias=False)(hidden)
    added = convolve(added, filters, 1)
    return _join(hidden, added, (1, 1)) if skip else added


def _strides(hidden: Any) -> tuple[int, int]:
    height, width = hidden.shape[1:3]
    return 1 + (height > _FEWEST_PLACES), 1 + (width > _FEWEST_PLACES)


def _join(hidden: Any, added: Any, strides: tuple[int, int]) -> Any:
    """Add what goes into a block to what comes out, made as large as that."""
    if hidden.shape[1:] != added.shape[1:]:
        hidden = convolve(hidden, added.shape[-1], 1, strides=strides, activation=None)
    return load_keras().layers.Add()([hidden, added])


CONVOLUTION = BlockKind(
    "convolution",
    {
        "filters": (16, 32, 64, 96),
        "kernel_size": (3, 5),
        "halves": (True, True, False),
        "skip": (False, True),
    },
    _add_convolution,
)

SEPARABLE = BlockKind(
    "separable",
    {"filters": (16, 32, 64, 96), "kernel_size": (3, 5, 7), "skip": (False, True)},
    _add_separable,
)
