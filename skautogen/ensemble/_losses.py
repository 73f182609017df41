"""The loss of each row, by what is answered to it."""

from __future__ import annotations

import numpy as np


def row_losses(
    y: np.ndarray, answer: np.ndarray, classes: np.ndarray | None
) -> np.ndarray:
    """Log loss of each row, or its squared error where there are no classes.

    Parameters
    ----------
    y : ndarray of shape (n_rows,) or (n_rows, n_outputs)
    answer : ndarray of shape (n_rows, n_classes), or as y
    classes : ndarray of shape (n_classes,) or None

    Returns
    -------
    losses : ndarray of shape (n_rows,)
    """
    if classes is None:
        squares: np.ndarray = np.square(y - answer)
        return squares.reshape(len(y), -1).mean(axis=1)
    true = np.searchsorted(classes, y)
    likely = np.take_along_axis(answer, true[:, None], axis=1)[:, 0]
    return -np.log(np.maximum(likely, np.finfo(np.float32).tiny))
