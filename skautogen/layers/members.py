"""Members of an ensemble that share all layers but the first and the last.

Between :class:`MemberInputs` and :class:`MemberHeads` stand ordinary layers that
compute row by row. In a step of training each row goes through one member, which costs
no more than one network; in a prediction through all of them, and they are averaged.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import keras
from keras import ops

from .stackable import StackableLayer


@keras.saving.register_keras_serializable(package="skautogen")
class MemberInputs(StackableLayer):
    """Let each member see the inputs through signs of its own, which it learns on.

    Parameters
    ----------
    n_members : int

    References
    ----------
    Y. Wen, D. Tran, J. Ba, "BatchEnsemble", ICLR 2020, for the adapters and for members
    that share a batch; Y. Gorishniy, A. Kotelnikov, A. Babenko, "TabM", ICLR 2025
    ("TabM-mini"), for a first adapter that is enough.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import MemberInputs
    >>> MemberInputs(n_members=4)(np.ones((5, 3))).shape
    TensorShape([20, 3])
    """

    def __init__(self, n_members: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.n_members = n_members

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        shape = self.n_members, input_shape[-1]
        self.add_weight(name="scale", shape=shape, initializer=RandomSigns())

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
        (scale,) = weights
        n_members = scale.shape[-2]
        if training:
            return x * ops.matmul(_members_of_rows(x, n_members), scale)
        *leading, n_rows, n_features = library.shape(x)
        copies = x[..., :, None, :] * scale[..., None, :, :]
        return library.reshape(copies, (*leading, n_rows * n_members, n_features))

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return None, input_shape[-1]

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "n_members": self.n_members}


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
            members = ops.transpose(_members_of_rows(x, n_members))[..., None]
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


@keras.saving.register_keras_serializable(package="skautogen")
class RandomSigns(keras.initializers.Initializer):
    """1 or -1, each as often."""

    def __init__(self) -> None:
        self._uniform = keras.initializers.RandomUniform(-1.0, 1.0)

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> Any:
        return ops.where(self._uniform(shape, dtype) < 0, -1.0, 1.0)


def _members_of_rows(x: Any, n_members: int) -> Any:
    """Through which member each row of a batch goes, as indicators (b, k).

    Batches are drawn at random, so that it may be by turns.
    """
    turns = ops.mod(ops.arange(ops.shape(x)[-2]), n_members)
    return ops.one_hot(turns, n_members)
