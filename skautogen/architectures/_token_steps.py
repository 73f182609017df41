"""What architectures that read texts token by token share."""

from __future__ import annotations

from typing import Any

from .._backend import load_keras


def embed_tokens(
    meta: dict[str, Any], dimension: int, dropout: float
) -> tuple[Any, ...]:
    """The input of numbered tokens, a vector of each, and which of them there are.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; numbers of tokens are below ``n_tokens_``.
    dimension : int
        Of a vector.
    dropout : float in [0, 1)
        Share of the numbers of the vectors that is dropped in training.

    Returns
    -------
    inputs : keras.KerasTensor of shape (batch, steps)
    vectors : keras.KerasTensor of shape (batch, steps, dimension)
        0 where there is padding.
    presence : keras.KerasTensor of shape (batch, steps, 1)
        1 for a token, 0 for padding.
    """
    keras = load_keras()
    inputs = keras.layers.Input((None,))
    presence = keras.ops.cast(keras.ops.not_equal(inputs, 0), "float32")
    presence = keras.ops.expand_dims(presence, -1)
    vectors = keras.layers.Embedding(meta["n_tokens_"], int(dimension))(inputs)
    vectors = keras.layers.Dropout(float(dropout))(vectors)
    return inputs, keras.layers.Multiply()([vectors, presence]), presence
