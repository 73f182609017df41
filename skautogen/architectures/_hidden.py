"""The hidden layers that architectures for tables share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .._backend import load_keras

if TYPE_CHECKING:
    import keras

# Waves are learnt faster than the weights behind them (docs/quality.md).
_EMBEDDING_SPEED = 6.0


def hidden_layers(
    hidden: Any,
    hidden_layer_sizes: int | Sequence[int],
    *,
    dropout: float,
    batch_normalization: bool,
    activate: Any,
    kernel_initializer: str,
) -> Any:
    """Add dense layers, each normalised, activated and dropped as asked.

    Parameters
    ----------
    hidden : keras.KerasTensor
        What goes into the first.
    hidden_layer_sizes : int or sequence of int
        Units of each. A single number is one layer; an empty sequence is none.
    dropout : float in [0, 1)
    batch_normalization : bool
    activate : callable
        Makes the layer of an activation.
    kernel_initializer : str

    Returns
    -------
    hidden : keras.KerasTensor
        What comes out of the last.
    """
    layers = load_keras().layers
    for units in np.atleast_1d(np.asarray(hidden_layer_sizes, dtype=int)):
        hidden = layers.Dense(
            int(units),
            kernel_initializer=kernel_initializer,
            # The normalisation would take a bias away again.
            use_bias=not batch_normalization,
        )(hidden)
        if batch_normalization:
            # Keras' momentum of 0.99 needs hundreds of batches to forget its start;
            # a fold of a small table has ten.
            hidden = layers.BatchNormalization(momentum=0.9)(hidden)
        hidden = activate()(hidden)
        # Also where the rate is 0: networks of all rates are then one structure.
        hidden = layers.Dropout(float(dropout))(hidden)
    return hidden


def embed_numbers(
    inputs: keras.KerasTensor, meta: dict[str, Any], n_frequencies: int, sigma: float
) -> Any:
    """Embed the inputs that are numbers, where that is asked and there are any.

    Parameters
    ----------
    inputs : keras.KerasTensor
    meta : dict
        What SciKeras knows of the data; the first ``n_numeric_`` of the
        ``n_features_in_`` inputs are numbers (all, if it is missing).
    n_frequencies : int
        Waves of each number; 0 gives the numbers as they are.
    sigma : float
        Deviation of the initial frequencies.

    Returns
    -------
    embedded : keras.KerasTensor
    """
    from ..layers import PeriodicEmbedding

    n_numeric = meta.get("n_numeric_", meta["n_features_in_"])
    if not n_numeric or not n_frequencies:
        return inputs
    embedding = PeriodicEmbedding(
        n_numeric, int(n_frequencies), sigma=float(sigma), speed=_EMBEDDING_SPEED
    )
    return embedding(inputs)
