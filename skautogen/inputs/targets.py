"""Whether y is something that can be learned, and what it is."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.utils import assert_all_finite, check_array, column_or_1d
from sklearn.utils.multiclass import check_classification_targets

_NO_TARGET = "This estimator requires y to be passed, but the target y is None."


def find_name(y: Any) -> str | None:
    """Find what the target is called.

    Parameters
    ----------
    y : array-like

    Returns
    -------
    name : str or None
        Of a pandas or polars Series that has one.

    Examples
    --------
    >>> import pandas as pd
    >>> from skautogen.inputs.targets import find_name
    >>> find_name(pd.Series([1, 2], name="price")), find_name([1, 2])
    ('price', None)
    """
    name = getattr(y, "name", None)
    return name if isinstance(name, str) and name else None


def check_classification_target(y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Refuse labels that cannot be learned, and find the classes.

    Parameters
    ----------
    y : array-like of shape (n_samples,)
        Labels: strings, integers, booleans or whole floats, as a list, an array, or a
        pandas or polars Series of any dtype.

    Returns
    -------
    y : ndarray of shape (n_samples,)
        The labels.
    classes : ndarray of shape (n_classes,)
        The distinct labels, sorted.

    Raises
    ------
    ValueError
        If labels are missing, are numbers on a continuous scale or of mixed types, if
        there are several for a row, or the same for all rows.

    Warns
    -----
    DataConversionWarning
        If y is a column of shape (n_samples, 1).

    Examples
    --------
    >>> from skautogen.inputs import check_classification_target
    >>> y, classes = check_classification_target(["spam", "ham", "ham"])
    >>> classes.tolist()
    ['ham', 'spam']
    """
    if y is None:
        raise ValueError(_NO_TARGET)
    labels = _one_label_a_row(y)
    if labels.dtype == object:
        labels = _as_plain_labels(labels)
    assert_all_finite(labels, input_name="y")
    check_classification_targets(labels)
    classes = np.unique(labels)
    if len(classes) < 2:
        raise ValueError(
            "The number of classes has to be greater than one; got 1 class: "
            f"every label in y is {classes[0]!r}."
        )
    return labels, classes


def _one_label_a_row(y: Any) -> np.ndarray:
    """Read y as an array of one axis."""
    shape = getattr(y, "shape", None) or np.shape(np.asarray(y))
    if len(shape) == 2 and shape[1] > 1:
        raise ValueError(
            f"y should be a 1d array, got an array of shape {shape} instead. "
            "Several labels for a row are not supported: fit "
            "one classifier for each column of y, for example with "
            "sklearn.multioutput.MultiOutputClassifier."
        )
    labels: np.ndarray = column_or_1d(y, warn=True)
    return labels


def _as_plain_labels(labels: np.ndarray) -> np.ndarray:
    """Give labels that are objects the dtype that they share, if they share one."""
    import pandas as pd

    if pd.isna(labels).any():
        raise ValueError("Input y contains NaN.")
    if all(isinstance(label, str) for label in labels):
        return labels
    if any(isinstance(label, str) for label in labels):
        types = sorted({type(label).__name__ for label in labels})
        raise ValueError(
            f"y mixes labels of the types {', '.join(types)}, which have no order. "
            "Give labels of one type, for example y.astype(str)."
        )
    plain = np.array(labels.tolist())
    # NumPy writes mixed labels as strings, and predictions would be strings then.
    return plain if plain.dtype.kind in "biuf" else labels


def check_regression_target(y: Any) -> np.ndarray:
    """Refuse a target that is not all finite numbers.

    Parameters
    ----------
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        Numbers, as a list, an array, or a pandas or polars Series or DataFrame.

    Returns
    -------
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs), float64

    Raises
    ------
    ValueError
        With scikit-learn's messages: if values are missing, infinite, complex, or no
        numbers.

    Warns
    -----
    DataConversionWarning
        If y is a column of shape (n_samples, 1).

    Examples
    --------
    >>> from skautogen.inputs import check_regression_target
    >>> check_regression_target([1, 2, 3])
    array([1., 2., 3.])
    """
    if y is None:
        raise ValueError(_NO_TARGET)
    try:
        numbers: np.ndarray = check_array(
            y, ensure_2d=False, dtype="numeric", ensure_all_finite=False, input_name="y"
        ).astype(np.float64)
    except ValueError as error:
        text = ("could not convert string", "bytes/strings")
        if not any(each in str(error) for each in text):
            raise
        raise ValueError(
            "y must hold numbers for a regressor; got text. For class labels use "
            "AutoGenClassifier."
        ) from error
    assert_all_finite(numbers, input_name="y")
    if numbers.ndim == 1 or numbers.shape[1] == 1:
        numbers = column_or_1d(numbers, warn=True)
    return numbers
