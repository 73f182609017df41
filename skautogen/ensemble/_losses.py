"""The loss of each row, by what is answered to it."""

from __future__ import annotations

import numpy as np


def squared_errors(
    y: np.ndarray, answer: np.ndarray, classes: np.ndarray | None
) -> np.ndarray:
    """Squared error of each row; of labels, that of their probabilities (Brier score).

    Choose it to compare answers to strange rows: it is bounded, while the log loss of
    one network that is sure and wrong outweighs all else.

    Parameters
    ----------
    y : ndarray of shape (n_rows,) or (n_rows, n_outputs)
    answer : ndarray of shape (n_rows, n_classes), or as y
    classes : ndarray of shape (n_classes,) or None

    Returns
    -------
    errors : ndarray of shape (n_rows,)
        Mean over the outputs. Of labels the sum over the classes, halved for two, as
        in scikit-learn's ``brier_score_loss``.
    """
    if classes is None:
        squares: np.ndarray = np.square(y - answer)
        return squares.reshape(len(y), -1).mean(axis=1)
    errors: np.ndarray = np.square((y[:, None] == classes) - answer).sum(axis=1)
    return errors / 2 if len(classes) == 2 else errors


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
        return squared_errors(y, answer, None)
    true = np.searchsorted(classes, y)
    likely = np.take_along_axis(answer, true[:, None], axis=1)[:, 0]
    return -np.log(np.maximum(likely, np.finfo(np.float32).tiny))
