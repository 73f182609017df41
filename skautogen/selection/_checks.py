"""What a FeatureSelector refuses: parameters, targets and weights that are wrong."""

from __future__ import annotations

from collections.abc import Collection
from numbers import Integral, Real
from typing import Any

import numpy as np
from sklearn.utils import check_array, check_consistent_length, column_or_1d

from .._spelling import unknown_name


def check_method(method: Any, known: Collection[str]) -> None:
    """Refuse what is neither None, nor a known name, nor a transformer."""
    if method is None:
        return
    if isinstance(method, str):
        if method not in known:
            raise ValueError(unknown_name("method of FeatureSelector:", method, known))
        return
    is_transformer = hasattr(method, "fit") and hasattr(method, "transform")
    if isinstance(method, type) or not is_transformer:
        raise TypeError(
            f"FeatureSelector: method must be None, one of {sorted(known)}, or a "
            "transformer, that is an object (not a class) with fit and transform; got "
            f"{method!r}."
        )


def check_n_features(n_features: Any) -> None:
    """Refuse what is neither a count of features nor a part of them."""
    accepted = "an int of at least 1, or a float above 0 and up to 1"
    if isinstance(n_features, bool) or not isinstance(n_features, Real):
        raise TypeError(
            f"FeatureSelector: n_features must be {accepted}; got {n_features!r} of "
            f"type {type(n_features).__name__}."
        )
    highest = np.inf if isinstance(n_features, Integral) else 1
    if not 0 < float(n_features) <= highest:
        raise ValueError(
            f"FeatureSelector: n_features must be {accepted}; got {n_features!r}."
        )


def check_target(y: Any, is_classification: bool) -> np.ndarray:
    """Turn y into an array: classes as they are, numbers as float64."""
    if not is_classification:
        targets: np.ndarray = check_array(
            y, dtype=np.float64, ensure_2d=False, input_name="y"
        )
        is_column = targets.ndim == 2 and targets.shape[1] == 1
        return targets.ravel() if is_column else targets
    y = check_array(y, dtype=None, ensure_2d=False, input_name="y")
    if y.ndim == 2 and y.shape[1] > 1:
        raise ValueError(
            "FeatureSelector: task='classification' takes one column of classes; got y "
            f"of shape {y.shape}. Several outputs need task='regression'."
        )
    classes: np.ndarray = column_or_1d(y)
    if classes.dtype.kind == "f" and np.any(classes != np.floor(classes)):
        raise ValueError(
            "FeatureSelector: task='classification' takes classes; got y with numbers "
            "that are not whole. Pass task='regression' for those."
        )
    return classes


def check_weights(sample_weight: Any, X: np.ndarray) -> np.ndarray | None:
    """Turn the weights of the rows into an array, and refuse those that cannot be."""
    if sample_weight is None:
        return None
    weights: np.ndarray = check_array(
        sample_weight, dtype=np.float64, ensure_2d=False, input_name="sample_weight"
    )
    if weights.ndim != 1 or (weights < 0).any() or not weights.any():
        raise ValueError(
            "FeatureSelector: sample_weight must be one number a row, none negative "
            f"and not all zero; got shape {weights.shape}, from {weights.min():.3g} "
            f"to {weights.max():.3g}."
        )
    check_consistent_length(X, weights)
    return weights
