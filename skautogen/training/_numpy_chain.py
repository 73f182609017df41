"""Chains of plain layers in NumPy: for predictions, where a backend's calls cost most.

In float32, like the training. A row's answer should not depend on rows beside it, but
products of few rows are summed in another order than those of many. Rows are padded to
multiples of a block, so that the difference is in the last digits at most. Activations
write into the array that they are given.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from scipy.special import erf, expit, softmax

from ..layers._functions import SELU_ALPHA, SELU_SCALE

if TYPE_CHECKING:
    from .stacked import Chain

# Rows of a block: what vector instructions take at once, and a multiple of it.
_BLOCK = 16
_ELU_ALPHA, _LEAKY_SLOPE = 1.0, 0.2


def _relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0, out=x)


def _tanh(x: np.ndarray) -> np.ndarray:
    return np.tanh(x, out=x)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return expit(x, out=x)


def _silu(x: np.ndarray) -> np.ndarray:
    return np.multiply(x, expit(x), out=x)


def _elu(x: np.ndarray, alpha: float = _ELU_ALPHA) -> np.ndarray:
    falling = np.expm1(np.minimum(x, 0)) * alpha
    return np.add(np.maximum(x, 0, out=x), falling, out=x)


def _selu(x: np.ndarray) -> np.ndarray:
    return np.multiply(_elu(x, SELU_ALPHA), SELU_SCALE, out=x)


def _gelu(x: np.ndarray) -> np.ndarray:
    share = erf(x * math.sqrt(0.5))
    return np.multiply(x, 0.5 * (share + 1), out=x)


def _mish(x: np.ndarray) -> np.ndarray:
    return np.multiply(x, np.tanh(np.logaddexp(x, np.float32(0))), out=x)


def _leaky_relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, x * _LEAKY_SLOPE, out=x)


def _softmax(x: np.ndarray) -> np.ndarray:
    return np.asarray(softmax(x, axis=-1))


def _linear(x: np.ndarray) -> np.ndarray:
    return x


_ACTIVATIONS: dict[Any, Callable[[np.ndarray], np.ndarray]] = {
    getattr(keras.activations, function.__name__.removeprefix("_")): function
    for function in (
        _elu,
        _gelu,
        _leaky_relu,
        _linear,
        _mish,
        _relu,
        _selu,
        _sigmoid,
        _silu,
        _softmax,
        _tanh,
    )
}


def _activate(function: Callable[..., Any], x: np.ndarray) -> np.ndarray:
    if function in _ACTIVATIONS:
        return _ACTIVATIONS[function](x)
    return keras.ops.convert_to_numpy(function(keras.ops.convert_to_tensor(x)))


def run_chain(chain: Chain, weights: Sequence[np.ndarray], X: np.ndarray) -> np.ndarray:
    """What one model answers.

    Parameters
    ----------
    chain : Chain
    weights : sequence of ndarray
        In the order of ``keras.Model.get_weights``.
    X : ndarray of shape (n_rows, n_features)

    Returns
    -------
    y : ndarray of shape (n_rows, n_units)
    """
    from .stacked import Activation, BatchNormalization, Own

    x, first = _padded(X), 0
    for layer in chain.layers:
        n_weights = len(layer.weights)
        own = weights[first : first + n_weights]
        first += n_weights
        if isinstance(layer, Activation):
            x = _activate(layer.functions[0], x)
        elif isinstance(layer, Own):
            x = layer.kind.compute(np, x, own, *layer.settings)
        elif isinstance(layer, BatchNormalization):
            gamma, beta, mean, variance = own
            scale = gamma / np.sqrt(variance + layer.epsilon)
            x *= scale
            x += beta - mean * scale
        else:
            kernel, *bias = own
            x = x @ kernel
            if bias:
                x += bias[0]
    return _activate(chain.answer, x)[: len(X)]


def _padded(X: np.ndarray) -> np.ndarray:
    """A copy in float32, with rows of zeros up to a multiple of a block."""
    n_rows = max(1, -(-len(X) // _BLOCK)) * _BLOCK
    padded = np.zeros((n_rows, *X.shape[1:]), dtype="float32")
    padded[: len(X)] = X
    return padded
