"""How a trained network answers: the same way whoever trained it, and fast.

``keras.Model.predict`` costs tens of milliseconds a call, and a call of the model two.
A chain of plain layers answers straight from its weights, in NumPy, which costs a
hundredth of that for a single row; any other network by a call of its Keras model.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from ._numpy_chain import run_chain

Forward = Callable[[Any, np.ndarray], np.ndarray]

# By structure, so that the many networks of a search share one.
_FORWARDS: OrderedDict[Any, Forward] = OrderedDict()
_MOST_FORWARDS = 128


def find_forward(network: Any) -> Forward:
    """Find the function through which a network answers.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted.

    Returns
    -------
    forward : callable
        ``forward(network, X)``: X of shape (n_rows, n_features) in float32, the answer
        of shape (n_rows, n_units).
    """
    key = network.builder_key()
    if key not in _FORWARDS:
        _FORWARDS[key] = _make_forward(network)
    _FORWARDS.move_to_end(key)
    while len(_FORWARDS) > _MOST_FORWARDS:
        _FORWARDS.popitem(last=False)
    return _FORWARDS[key]


def _make_forward(network: Any) -> Forward:
    from .stacked import NotAChainError, lift_chain

    try:
        chain, _ = lift_chain(network.build_model())
    except NotAChainError:
        return _call_model
    return lambda network, X: run_chain(chain, network.weights_, X)


def _call_model(network: Any, X: np.ndarray) -> np.ndarray:
    return keras.ops.convert_to_numpy(network.model_(X, training=False))
