"""Places that move along an axis, by a distance of each row's own."""

from __future__ import annotations

from typing import Any

import keras


def draw_moves(length: int, most: int, n_rows: Any, draws: Any) -> Any:
    """For each place along an axis the one that comes there.

    Parameters
    ----------
    length : int
        Of the axis.
    most : int
        Places that a row is moved by at most, to either side. What comes in from
        outside is the edge, repeated.
    n_rows : int or tensor
    draws : keras.random.SeedGenerator

    Returns
    -------
    places : tensor of shape (n_rows, length), int32
    """
    ops = keras.ops
    by = keras.random.randint((n_rows, 1), -most, most + 1, seed=draws)
    return ops.clip(ops.expand_dims(ops.arange(length), 0) - by, 0, length - 1)
