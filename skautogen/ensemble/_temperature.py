"""Probabilities made as sure of themselves as they are right."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from ._losses import row_losses

# A temperature farther from 1 says more of the rows it was found on than of networks.
_LARGEST = 4.0
# Probabilities of 0 have no logarithm.
_LEAST = 1e-12


def fit_temperature(
    proba: np.ndarray,
    y: np.ndarray,
    classes: np.ndarray,
    sample_weight: np.ndarray | None = None,
) -> float:
    """Find the temperature at which the log loss is least.

    Parameters
    ----------
    proba : ndarray of shape (n_rows, n_classes)
        Of networks that were not trained on the rows.
    y : ndarray of shape (n_rows,)
    classes : ndarray of shape (n_classes,)
    sample_weight : ndarray of shape (n_rows,) or None

    Returns
    -------
    temperature : float
        Above 1 where the probabilities are too sure of themselves.

    References
    ----------
    C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On Calibration of Modern Neural
    Networks", ICML 2017.
    """

    def loss(log_temperature: float) -> float:
        tempered = temper(proba, float(np.exp(log_temperature)))
        losses = row_losses(y, tempered, classes)
        return float(np.average(losses, weights=sample_weight))

    edge = np.log(_LARGEST)
    found = minimize_scalar(loss, bounds=(-edge, edge), method="bounded")
    # Rounded to what rows can tell, so that it does not depend on the order of sums.
    best = round(float(found.x), 2)
    return float(np.exp(best)) if loss(best) < loss(0.0) else 1.0


def temper(proba: np.ndarray, temperature: float) -> np.ndarray:
    """Raise probabilities to a power; their order stays as it is.

    Parameters
    ----------
    proba : ndarray of shape (n_rows, n_classes)
    temperature : float
        The logarithms are divided by it.

    Returns
    -------
    proba : ndarray of shape (n_rows, n_classes)

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.ensemble import temper
    >>> temper(np.array([[0.9, 0.1]]), 2.0)
    array([[0.75, 0.25]])
    """
    if temperature == 1.0:
        return proba
    logs = np.log(np.maximum(proba, _LEAST)) / temperature
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    tempered: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return tempered
