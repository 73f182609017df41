"""What it costs to train a network on a row, counted before any is trained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import clone
from sklearn.utils import _safe_indexing

if TYPE_CHECKING:
    import keras

    from ._pipeline import NetworkPipeline

# Rows that a network is built after, which knows their shape alone.
_ROWS_TO_BUILD_BY = 64
# Products of numbers on the way back, for each on the way forth.
_BACKWARDS = 2


def count_operations(
    pipeline: NetworkPipeline, candidate: Mapping[str, Any], X: Any, y: np.ndarray
) -> float:
    """Count the products of numbers that training takes for a row.

    Parameters
    ----------
    pipeline : NetworkPipeline
        Not changed.
    candidate : mapping
        Its hyper-parameters, by flat names.
    X : array-like of shape (n_samples, ...)
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)

    Returns
    -------
    n_operations : float
        Forth and back; of the kernels alone, which outweigh all else. NaN for a
        network that cannot be built.
    """
    few = np.linspace(0, len(y) - 1, min(len(y), _ROWS_TO_BUILD_BY)).astype(int)
    few = np.unique(few)
    X, y = _safe_indexing(X, few), y[few]
    pipeline = clone(pipeline).without_trainer().set_params(**candidate)
    prepare, select, network = (step for _, step in pipeline.steps)
    try:
        prepared = prepare.fit(X, y).transform(X)
        selected = select.fit(prepared, y).transform(prepared)
        pipeline.tell_the_network()
        rows, _ = network.divide(selected, y)
        network.learn_data(rows.X, rows.y)
        model = network.build_model()
    except Exception:  # the search will say why
        return math.nan
    n_steps = rows.X.shape[1]  # where a network takes sequences of any length
    forth = (_count_forth(layer, n_steps) for layer in model._flatten_layers())
    return (1 + _BACKWARDS) * sum(forth)


def _count_forth(layer: keras.layers.Layer, n_steps: int) -> float:
    """Products of a layer's own kernels for one row."""
    import keras

    own = [*layer._trainable_variables]
    if isinstance(layer, keras.layers.RNN):  # its cell has the kernels
        own = layer.trainable_variables
    kernels = sum(math.prod(each.shape) for each in own if len(each.shape) > 1)
    looks_up = isinstance(layer, keras.layers.Embedding)
    if not kernels or looks_up or getattr(layer, "looks_up", False):
        return 0.0
    try:
        shapes = [layer.output.shape, layer.input.shape]
    except (AttributeError, ValueError):  # called in other ways than in a graph
        return float(kernels)
    if not isinstance(layer, keras.layers.RNN):
        shapes = shapes[:1]
    return float(kernels * max(_n_places(shape, n_steps) for shape in shapes))


def _n_places(shape: Any, n_steps: int) -> int:
    """At how many places of a row a kernel is applied."""
    if isinstance(shape, list):
        return max(_n_places(each, n_steps) for each in shape)
    return math.prod(length or n_steps for length in shape[1:-1])
