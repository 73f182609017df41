"""The last layer of members that share all others but the first, and their mean."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import keras
from keras import ops

from ._members import members_of_rows
from .stackable import StackableLayer


@keras.saving.register_keras_serializable(package="skautogen")
class MemberHeads(StackableLayer):
    """The last layer of each member, and their mean.

    Parameters
    ----------
    n_members : int
        As of the :class:`MemberInputs` before it.
    units : int
    activation : str or callable, default="linear"
        Of the mean.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import MemberHeads
    >>> MemberHeads(n_members=4, units=2)(np.ones((20, 3))).shape
    TensorShape([5, 2])
    """

    def __init__(
        self, n_members: int, units: int, activation: Any = "linear", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.n_members = n_members
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        n_inputs = input_shape[-1]
        assert n_inputs is not None
        deviation = keras.initializers.RandomNormal(stddev=n_inputs**-0.5)
        kernel = self.n_members, n_inputs, self.units
        self.add_weight(name="kernel", shape=kernel, initializer=deviation)
        bias = self.n_members, self.units
        self.add_weight(name="bias", shape=bias, initializer="zeros")

    @property
    def settings(self) -> tuple[Hashable, ...]:
        return ()

    @staticmethod
    def compute(
        library: Any,
        x: Any,
        weights: Sequence[Any],
        *settings: Any,
        training: bool = False,
    ) -> Any:
        kernel, bias = weights
        n_members = kernel.shape[-3]
        if training:
            members = ops.transpose(members_of_rows(x, n_members))[..., None]
            every = ops.matmul(x[..., None, :, :], kernel) + bias[..., None, :]
            return ops.sum(every * members, axis=-3)
        *leading, n_rows, n_inputs = library.shape(x)
        by_row = (*leading, n_rows // n_members, n_members, n_inputs)
        by_member = library.swapaxes(library.reshape(x, by_row), -2, -3)
        every = library.matmul(by_member, kernel) + bias[..., None, :]
        return library.mean(every, axis=-3)

    def call(self, inputs: Any, training: bool = False) -> Any:
        return self.activation(super().call(inputs, training))

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return None, self.units

    def get_config(self) -> dict[str, Any]:
        config = {"n_members": self.n_members, "units": self.units}
        config["activation"] = keras.activations.serialize(self.activation)
        return {**super().get_config(), **config}
