"""An activation that each unit has as much of as it learns."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar

import keras

from .._spelling import unknown_name
from ._functions import FUNCTIONS
from .stackable import StackableLayer


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
    >>> import numpy as np
    >>> from skautogen.layers import ParametricActivation
    >>> ParametricActivation("relu")(np.array([[-1.0, 2.0]])).numpy()
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
    def compute(
        library: Any,
        x: Any,
        weights: Sequence[Any],
        *settings: Any,
        training: bool = False,
    ) -> Any:
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
