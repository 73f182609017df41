"""A function of generated files."""

import keras
from keras import ops


def draw_moves(length: int, most: int, n_rows, draws):
    """Move the places of an axis by a distance of each row's own; edges repeat."""
    by = keras.random.randint((n_rows, 1), -most, most + 1, seed=draws)
    return ops.clip(ops.arange(length)[None] - by, 0, length - 1)
