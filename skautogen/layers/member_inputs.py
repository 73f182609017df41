"""The first layer of members that share all others but the last."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import keras
from keras import ops

from ._members import members_of_rows
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
            return x * ops.matmul(members_of_rows(x, n_members), scale)
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
class RandomSigns(keras.initializers.Initializer):
    """1 or -1, each as often."""

    def __init__(self) -> None:
        self._uniform = keras.initializers.RandomUniform(-1.0, 1.0)

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> Any:
        return ops.where(self._uniform(shape, dtype) < 0, -1.0, 1.0)
