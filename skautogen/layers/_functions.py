"""Activations in what ``keras.ops`` and NumPy have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Constants of Klambauer et al., NeurIPS 2017, as Keras has them.
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805
# Beyond it exp(x) ** 2 would leave float32; mish(x) is x to the last bit long before.
_MISH_END = 20.0


def _relu(library: Any, x: Any) -> Any:
    return library.maximum(x, 0.0)


def _selu(library: Any, x: Any) -> Any:
    falling = SELU_ALPHA * library.expm1(library.minimum(x, 0.0))
    return SELU_SCALE * (library.maximum(x, 0.0) + falling)


def _silu(library: Any, x: Any) -> Any:
    return x * 0.5 * (1.0 + library.tanh(0.5 * x))


def _mish(library: Any, x: Any) -> Any:
    # tanh(log(1 + e)) with one exponential instead of three such functions.
    e = library.exp(library.minimum(x, _MISH_END))
    n = e * (e + 2.0)
    return x * (n / (n + 2.0))


FUNCTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "relu": _relu,
    "selu": _selu,
    "silu": _silu,
    "mish": _mish,
}
