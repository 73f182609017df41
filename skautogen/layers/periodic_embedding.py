"""Numbers described by waves of learnt frequencies."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any

import keras

from .stackable import StackableLayer


@keras.saving.register_keras_serializable(package="skautogen")
class PeriodicEmbedding(StackableLayer):
    """Describe each number by itself and by what a layer makes of waves of it.

    With x a number of a row, its embedding is ``x`` and
    ``W cos(2 pi (x w + b)) + c``, with frequencies w and phases b of the feature's own.
    Choose it where the target depends on a number in steps or bumps, which a dense
    layer learns slowly: on most tables.

    Parameters
    ----------
    n_numeric : int
        How many of the first features are numbers. The others pass unchanged, after
        the embeddings.
    n_frequencies : int, default=16
        Waves of each number.
    dimension : int, default=4
        Numbers that describe one, itself included.
    sigma : float, default=0.1
        Deviation of the initial frequencies: the larger, the finer the differences
        that the network sees, and the sooner it overfits.
    speed : float, default=1.0
        How much faster than other weights those of the layer are learnt, with
        optimizers such as Adam whose steps do not grow with the gradient.

    References
    ----------
    Y. Gorishniy, I. Rubachev, A. Babenko, "On Embeddings for Numerical Features in
    Tabular Deep Learning", NeurIPS 2022; in the form of D. Holzmüller et al., NeurIPS
    2024 ("PBLD").

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import PeriodicEmbedding
    >>> PeriodicEmbedding(n_numeric=2)(np.ones((5, 3))).shape
    TensorShape([5, 9])
    """

    def __init__(
        self,
        n_numeric: int,
        n_frequencies: int = 16,
        dimension: int = 4,
        sigma: float = 0.1,
        speed: float = 1.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.n_numeric = n_numeric
        self.n_frequencies = n_frequencies
        self.dimension = dimension
        self.sigma = sigma
        self.speed = speed

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        n_features = input_shape[-1]
        if n_features is not None and not 0 <= self.n_numeric <= n_features:
            raise ValueError(
                f"n_numeric must be from 0 to the number of features, {n_features}; "
                f"got {self.n_numeric!r}."
            )
        n, f, d = self.n_numeric, self.n_frequencies, self.dimension - 1
        normal = keras.initializers.RandomNormal(stddev=self.sigma / self.speed)
        phase = keras.initializers.RandomUniform(-0.5 / self.speed, 0.5 / self.speed)
        edge = 1 / math.sqrt(f) / self.speed
        uniform = keras.initializers.RandomUniform(-edge, edge)
        self.add_weight(name="frequency", shape=(n, f), initializer=normal)
        self.add_weight(name="phase", shape=(n, f), initializer=phase)
        self.add_weight(name="kernel", shape=(n, f, d), initializer=uniform)
        self.add_weight(name="bias", shape=(n, d), initializer=uniform)

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
        (speed,) = settings
        frequency, phase, kernel, bias = (speed * each for each in weights)
        n = frequency.shape[-2]
        numbers = x[..., :n]
        # Features before rows, so that each feature's waves are one matrix.
        by_feature = library.swapaxes(numbers, -1, -2)[..., None]  # (..., n, b, 1)
        turns = by_feature * frequency[..., None, :] + phase[..., None, :]
        made = library.matmul(_cos_of_turns(library, turns), kernel)
        made = made + bias[..., None, :]  # (..., n, b, d)
        # Of each feature together: one number of its description after another.
        parts = [library.swapaxes(made[..., k], -1, -2) for k in range(bias.shape[-1])]
        return library.concatenate([numbers, *parts, x[..., n:]], axis=-1)

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        n_features = input_shape[-1]
        assert n_features is not None
        more = self.n_numeric * (self.dimension - 1)
        return (*input_shape[:-1], n_features + more)

    def get_config(self) -> dict[str, Any]:
        names = ("n_numeric", "n_frequencies", "dimension", "sigma", "speed")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


# cos(2 pi z) for |z| <= 1/2 as a polynomial in z ** 2, right to 2e-6.
_COSINE = (
    6.575565814971924,
    -26.000497817993164,
    60.17622375488281,
    -85.4511947631836,
    64.93917083740234,
    -19.739206314086914,
    1.0,
)


def _cos_of_turns(library: Any, turns: Any) -> Any:
    """cos(2 pi turns); the library's own takes twice as long."""
    rest = turns - library.round(turns)
    square = rest * rest
    value = _COSINE[0]
    for coefficient in _COSINE[1:]:
        value = value * square + coefficient
    return value
