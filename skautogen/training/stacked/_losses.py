"""Losses of stacked models, from what the last layer gives before its activation.

Each takes y (m, b, o), z (m, b, o) and the label smoothing (m,) or None, and gives the
loss of every row (m, b).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import ops

Loss = Callable[[Any, Any, Any], Any]


def _binary_crossentropy(y: Any, z: Any, smoothing: Any) -> Any:
    if smoothing is not None:
        share = smoothing[:, None, None]
        y = y * (1 - share) + 0.5 * share
    return ops.binary_crossentropy(y, z, from_logits=True)[..., 0]


def _sparse_categorical_crossentropy(y: Any, z: Any, smoothing: Any) -> Any:
    label = ops.cast(y, "int32")
    loss = ops.sparse_categorical_crossentropy(label[..., 0], z, from_logits=True)
    if smoothing is None:
        return loss
    # The mean over labels that all are a little true, less the loss of the true one.
    others = ops.take_along_axis(z, label, -1)[..., 0] - ops.mean(z, -1)
    return loss + smoothing[:, None] * others


def _mean_squared_error(y: Any, z: Any, smoothing: Any) -> Any:
    return ops.mean(ops.square(y - z), -1)


# Activations of the last layer behind which Keras looks for what a loss is computed of.
_SQUASHING = frozenset({keras.activations.sigmoid, keras.activations.softmax})
LOOKED_BEHIND: dict[str, frozenset[Callable[..., Any]]] = {
    "binary_crossentropy": _SQUASHING,
    "sparse_categorical_crossentropy": _SQUASHING,
    "mean_squared_error": frozenset({keras.activations.linear}),
}

LOSSES: dict[str, Loss] = {
    "binary_crossentropy": _binary_crossentropy,
    "sparse_categorical_crossentropy": _sparse_categorical_crossentropy,
    "mean_squared_error": _mean_squared_error,
}
