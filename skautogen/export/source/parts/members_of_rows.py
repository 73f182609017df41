"""A function of generated files."""

from keras import ops


def members_of_rows(x, n_members: int):
    """Through which member each row of a training batch goes, as indicators."""
    return ops.one_hot(ops.mod(ops.arange(ops.shape(x)[0]), n_members), n_members)
