"""Chains of plain layers in NumPy: for predictions, where a backend's calls cost most.

Activations write into the array that they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from scipy.special import erf, expit, softmax

if TYPE_CHECKING:
    from .stacked import Chain

# Constants of Klambauer et al., NeurIPS 2017, as Keras has them.
_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805
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
    falling = np.expm1(np.minimum(x, 0)) * np.float32(alpha)
    return np.add(np.maximum(x, 0, out=x), falling, out=x)


def _selu(x: np.ndarray) -> np.ndarray:
    return np.multiply(_elu(x, _SELU_ALPHA), np.float32(_SELU_SCALE), out=x)


def _gelu(x: np.ndarray) -> np.ndarray:
    share = erf(x * np.float32(np.sqrt(0.5)))
    return np.multiply(x, (share + 1) * np.float32(0.5), out=x)


def _mish(x: np.ndarray) -> np.ndarray:
    return np.multiply(x, np.tanh(np.logaddexp(x, np.float32(0))), out=x)


def _leaky_relu(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, x * np.float32(_LEAKY_SLOPE), out=x)


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
    X : ndarray of shape (n_rows, n_features), float32

    Returns
    -------
    y : ndarray of shape (n_rows, n_units)
    """
    from .stacked import Activation, BatchNormalization, Dense

    # All but a Dense layer write into what they are given.
    x = X if isinstance(chain.layers[0], Dense) else X.copy()
    first = 0
    for layer in chain.layers:
        own = weights[first : first + len(layer.weights)]
        first += len(own)
        if isinstance(layer, Activation):
            x = _activate(layer.functions[0], x)
        elif isinstance(layer, BatchNormalization):
            gamma, beta, mean, variance = own
            scale = gamma / np.sqrt(variance + np.float32(layer.epsilon))
            x *= scale
            x += beta - mean * scale
        else:
            kernel, *bias = own
            x = x @ kernel
            if bias:
                x += bias[0]
    return _activate(chain.answer, x)
