"""An activation that each unit has as much of as it learns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, ClassVar

import keras

from .._spelling import unknown_name
from .stackable import StackableLayer

_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805
# Beyond it exp(x) ** 2 would leave float32; mish(x) is x to the last bit long before.
_MISH_END = 20.0


def _relu(library: Any, x: Any) -> Any:
    return library.maximum(x, 0.0)


def _selu(library: Any, x: Any) -> Any:
    falling = _SELU_ALPHA * library.expm1(library.minimum(x, 0.0))
    return _SELU_SCALE * (library.maximum(x, 0.0) + falling)


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


@keras.saving.register_keras_serializable(package="skautogen")
class ParametricActivation(StackableLayer):
    """Blend each unit between itself and its activation, by a share that is learnt.

    The unit x becomes ``x + (f(x) - x) * share``. Shares begin at 1, the plain
    activation.

    Parameters
    ----------
    function : {"relu", "selu", "silu", "mish"}, default="mish"
    speed : float, default=1.0
        How much faster than other weights the shares are learnt, with optimizers such
        as Adam whose steps do not grow with the gradient.

    References
    ----------
    D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by Default: Strong Pre-Tuned
    MLPs and Boosted Trees on Tabular Data", NeurIPS 2024.

    Examples
    --------
    >>> from skautogen.layers import ParametricActivation
    >>> ParametricActivation("relu")([[-1.0, 2.0]]).numpy()
    array([[0., 2.]], dtype=float32)
    """

    can_be_padded: ClassVar[bool] = True

    def __init__(
        self, function: str = "mish", speed: float = 1.0, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if function not in FUNCTIONS:
            raise ValueError(unknown_name("function", function, FUNCTIONS))
        self.function = function
        self.speed = speed

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        self.add_weight(name="share", shape=(input_shape[-1],), initializer="zeros")

    @property
    def settings(self) -> tuple[Hashable, ...]:
        return self.function, self.speed

    @staticmethod
    def compute(library: Any, x: Any, weights: Sequence[Any], *settings: Any) -> Any:
        (function, speed), (share,) = settings, weights
        share = 1.0 + speed * share[..., None, :]
        return x + (FUNCTIONS[function](library, x) - x) * share

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = {"function": self.function, "speed": self.speed}
        return {**super().get_config(), **config}
