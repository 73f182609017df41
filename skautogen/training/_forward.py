"""How a trained network answers: the same way whoever trained it, and fast.

``keras.Model.predict`` costs tens of milliseconds a call and compiles a function for
each model. A network that can be stacked answers through the lifted form of its
architecture, straight from its weights; any other by a call of its Keras model.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

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
        chain, single = lift_chain(network.build_model())
    except NotAChainError:
        return _call_model
    choices = np.array([chain.choice_numbers(single)], dtype="int32")

    def call_chain(network: Any, X: np.ndarray) -> np.ndarray:
        weights = [weight[None] for weight in network.weights_]
        z, _, _ = chain(X[None], weights, choices, None)
        return keras.ops.convert_to_numpy(chain.answer(z))[0]

    return call_chain


def _call_model(network: Any, X: np.ndarray) -> np.ndarray:
    return keras.ops.convert_to_numpy(network.model_(X, training=False))
