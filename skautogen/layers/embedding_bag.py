"""The weighted sum of the vectors of what a row holds."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar

import keras

from .stackable import StackableLayer


@keras.saving.register_keras_serializable(package="skautogen")
class EmbeddingBag(StackableLayer):
    """Sum the vectors of the terms that a row holds, each times its weight in the row.

    Choose it as the first layer for rows of many thousand features of which each row
    has few, such as n-grams of texts: it is a dense layer that computes with these few
    alone. A row is (2, k): the numbers of k terms, and their weights; a weight of 0 is
    padding.

    Parameters
    ----------
    n_terms : int
        Terms that there are.
    n_units : int
        Length of a vector.

    References
    ----------
    A. Joulin, E. Grave, P. Bojanowski, T. Mikolov, "Bag of Tricks for Efficient Text
    Classification", EACL 2017.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.layers import EmbeddingBag
    >>> rows = np.array([[[3, 0], [1.0, 0.0]]])
    >>> EmbeddingBag(n_terms=10, n_units=4)(rows).shape
    TensorShape([1, 4])
    """

    looks_up: ClassVar[bool] = True

    def __init__(self, n_terms: int, n_units: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.n_terms = n_terms
        self.n_units = n_units

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        self.add_weight(
            name="vectors",
            shape=(self.n_terms, self.n_units),
            initializer=keras.initializers.RandomUniform(-0.05, 0.05),
        )
        self.add_weight(name="bias", shape=(self.n_units,), initializer="zeros")

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
        vectors, bias = weights
        # Split and squeezed: LiteRT has no slices of an axis in the middle.
        numbers, shares = library.split(x, 2, axis=-2)
        taken = take_vectors(library, vectors, library.squeeze(numbers, -2))
        summed = library.squeeze(library.matmul(shares, taken), -2)
        return summed + bias[..., None, :]

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return *input_shape[:-2], self.n_units

    def get_config(self) -> dict[str, Any]:
        config = {"n_terms": self.n_terms, "n_units": self.n_units}
        return {**super().get_config(), **config}


def take_vectors(library: Any, vectors: Any, numbers: Any) -> Any:
    """Take vectors by their numbers, for each of the models from its own.

    Parameters
    ----------
    library : module
        ``keras.ops`` or ``numpy``.
    vectors : array of shape (..., v, o)
    numbers : array of shape (..., b, k)
        Whole, whatever the dtype.

    Returns
    -------
    taken : array of shape (..., b, k, o)
    """
    if library is not keras.ops:
        numbers = numbers.astype("int32")
    else:
        numbers = library.cast(numbers, "int32")
    *leading, n_terms, n_units = library.shape(vectors)
    if leading:
        # One table of all models, the numbers moved on to each model's own part.
        first = library.arange(leading[0]) * n_terms
        numbers = numbers + library.reshape(first, (-1, 1, 1))
        vectors = library.reshape(vectors, (-1, n_units))
    return library.take(vectors, numbers, axis=0)
