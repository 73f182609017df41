"""A function of generated files."""

from keras import ops


def pool_steps(x):
    """Take the mean and the maximum over the steps that there are.

    The last channel is 1 for a step, and 0 for padding.
    """
    values, is_there = x[..., :-1], x[..., -1:]
    n_steps = ops.maximum(ops.sum(is_there, axis=1), 1.0)
    mean = ops.sum(values * is_there, axis=1) / n_steps
    most = ops.max(ops.where(is_there > 0, values, -3e4), axis=1)
    return ops.concatenate([mean, most], axis=-1)
