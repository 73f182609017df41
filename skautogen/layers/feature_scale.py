"""A learnt factor for each feature."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar

import keras

from .stackable import StackableLayer


@keras.saving.register_keras_serializable(package="skautogen")
class FeatureScale(StackableLayer):
    """Multiply each feature with a factor of its own, which is learnt.

    Choose it as the first layer of a network for tables: features that matter little
    are soon scaled down, a soft selection. Factors begin at 1.

    Parameters
    ----------
    speed : float, default=1.0
        How much faster than other weights the factors are learnt. It holds for
        optimizers whose steps do not grow with the gradient, such as Adam: the layer
        learns ``(factor - 1) / speed``.

    References
    ----------
    D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by Default: Strong Pre-Tuned
    MLPs and Boosted Trees on Tabular Data", NeurIPS 2024.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import FeatureScale
    >>> FeatureScale(speed=10.0)(np.array([[1.0, 2.0]])).numpy()
    array([[1., 2.]], dtype=float32)
    """

    can_be_padded: ClassVar[bool] = True

    def __init__(self, speed: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.speed = speed

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        self.add_weight(name="scale", shape=(input_shape[-1],), initializer="zeros")

    @property
    def settings(self) -> tuple[Hashable, ...]:
        return (self.speed,)

    @staticmethod
    def compute(
        library: Any,
        x: Any,
        weights: Sequence[Any],
        *settings: Any,
        training: bool = False,
    ) -> Any:
        (speed,), (scale,) = settings, weights
        return x * (1.0 + speed * scale[..., None, :])

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "speed": self.speed}
