"""Two dense layers, added to what goes into them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import keras

from .._spelling import unknown_name
from ._functions import FUNCTIONS
from .stackable import StackableLayer


@keras.saving.register_keras_serializable(package="skautogen")
class ResidualBlock(StackableLayer):
    """Add to the units what a hidden layer makes of them.

    The units x become ``x + W2 f(W1 x + b1) + b2``. A block begins as the identity, so
    that networks of many blocks learn as soon as those of few.

    Parameters
    ----------
    n_hidden : int
        Units of the hidden layer.
    function : {"relu", "selu", "silu", "mish"}, default="silu"
        Its activation.

    References
    ----------
    K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition",
    CVPR 2016; for tables, Y. Gorishniy et al., "Revisiting Deep Learning Models for
    Tabular Data", NeurIPS 2021.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import ResidualBlock
    >>> ResidualBlock(n_hidden=8)(np.array([[1.0, 2.0]])).numpy()
    array([[1., 2.]], dtype=float32)
    """

    def __init__(self, n_hidden: int, function: str = "silu", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if function not in FUNCTIONS:
            raise ValueError(unknown_name("function", function, FUNCTIONS))
        self.n_hidden = n_hidden
        self.function = function

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        n_units = input_shape[-1]
        self.add_weight(
            name="kernel_in",
            shape=(n_units, self.n_hidden),
            initializer="lecun_normal",
        )
        self.add_weight(name="bias_in", shape=(self.n_hidden,), initializer="zeros")
        self.add_weight(
            name="kernel_out", shape=(self.n_hidden, n_units), initializer="zeros"
        )
        self.add_weight(name="bias_out", shape=(n_units,), initializer="zeros")

    @property
    def settings(self) -> tuple[Hashable, ...]:
        return (self.function,)

    @staticmethod
    def compute(
        library: Any,
        x: Any,
        weights: Sequence[Any],
        *settings: Any,
        training: bool = False,
    ) -> Any:
        (function,) = settings
        kernel_in, bias_in, kernel_out, bias_out = weights
        hidden = library.matmul(x, kernel_in) + bias_in[..., None, :]
        hidden = FUNCTIONS[function](library, hidden)
        return x + library.matmul(hidden, kernel_out) + bias_out[..., None, :]

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        config = {"n_hidden": self.n_hidden, "function": self.function}
        return {**super().get_config(), **config}
