"""Dropout masks that belong to a model, not to the stack it happens to be in.

A mask is a hash of the model's seed, the step, the layer, and the place of the unit: a
candidate's masks do not depend on which others are trained beside it, nor on how wide
those are.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from keras import ops

# The mixing of C. Wellons' "lowbias32" (Hash Function Prospector, 2018), in which each
# bit of the input changes each bit of the output with a probability close to one half.
_ROUNDS = ((16, 0x7FEB352D), (15, 0x846CA68B))
_LAST_SHIFT = 16
_GOLDEN = 0x9E3779B9  # spreads neighbouring numbers over all 32 bits
# Units of a layer are counted within so many, so that a row's do not run into the next.
_MOST_UNITS = 2**16
_BITS = 24  # what a float32 holds


def step_seeds(seed: int, t: np.ndarray) -> np.ndarray:
    """A seed for each step of a model.

    Parameters
    ----------
    seed : int
        Of the model.
    t : ndarray of shape (s,)
        Numbers of the steps.

    Returns
    -------
    seeds : ndarray of shape (s,), uint32
    """
    start = np.random.SeedSequence(seed).generate_state(1)[0]
    return start + t.astype(np.uint32) * np.uint32(0x85EBCA6B)


def drop(x: Any, rates: Any, seeds: Any, layer: int) -> Any:
    """Set a share of the units to zero, and scale the others up.

    Parameters
    ----------
    x : tensor of shape (m, b, o)
    rates : tensor of shape (m,)
    seeds : tensor of shape (m,), uint32
        Of this step.
    layer : int
        Sets the draws of one layer apart from another's.

    Returns
    -------
    x : tensor of shape (m, b, o)
    """
    drawn = _draw(seeds[:, None, None], layer, ops.shape(x)[1:])
    rates = rates[:, None, None]
    dropped = drawn < ops.cast(rates * 2**_BITS, "int32")
    return ops.where(dropped, 0.0, x / (1 - rates))


def drop_one(x: Any, rate: float, seed: Any, layer: int) -> Any:
    """The same for one model.

    Parameters
    ----------
    x : tensor of shape (b, ...)
    rate : float
    seed : tensor of shape (), uint32
    layer : int

    Returns
    -------
    x : tensor of shape (b, ...)
    """
    shape = ops.shape(x)
    rows = ops.reshape(x, (shape[0], math.prod(shape[1:])))
    dropped = _draw(seed, layer, ops.shape(rows)) < int(rate * 2**_BITS)
    return ops.reshape(ops.where(dropped, 0.0, rows / (1 - rate)), shape)


def _draw(seeds: Any, layer: int, shape: Any) -> Any:
    """Numbers below ``2**_BITS`` for each place (b, o), for each of the seeds."""
    row = ops.cast(ops.arange(shape[0]), "uint32") * np.uint32(_MOST_UNITS)
    place = row[:, None] + ops.cast(ops.arange(shape[1]), "uint32")[None, :]
    salt = np.uint32((layer + 1) * 0xC2B2AE35 % 2**32)
    mixed = _mix(_mix(seeds + salt) + place * np.uint32(_GOLDEN))
    return ops.cast(_shifted(mixed, 32 - _BITS), "int32")


def _mix(bits: Any) -> Any:
    for shift, factor in _ROUNDS:
        bits = ops.bitwise_xor(bits, _shifted(bits, shift)) * np.uint32(factor)
    return ops.bitwise_xor(bits, _shifted(bits, _LAST_SHIFT))


def _shifted(bits: Any, n: int) -> Any:
    return ops.bitwise_right_shift(bits, np.uint32(n))
