"""Whether X is a table that can be worked with."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from sklearn.utils import check_array
from sklearn.utils.validation import validate_data


def check_X(estimator: Any, X: Any, *, reset: bool) -> Any:
    """Refuse an X that is no table, and check its columns against those of ``fit``.

    Parameters
    ----------
    estimator : estimator
        Learns ``n_features_in_`` and, where the columns have string names,
        ``feature_names_in_``. Its name is in the errors.
    X : array-like or DataFrame of shape (n_samples, n_features)
        Missing and infinite values are accepted.
    reset : bool
        Whether to learn the columns (in ``fit``) or to check them (afterwards).

    Returns
    -------
    X : DataFrame or ndarray of shape (n_samples, n_features)
        A pandas or polars DataFrame as it came; anything else as an array of float64,
        or float32 where it was that.

    Raises
    ------
    ValueError
        With scikit-learn's messages: if an array holds text or complex numbers, if X
        is empty or has not two axes, if columns are missing, added, or in another
        order. If two columns of a DataFrame have the same name.
    TypeError
        If X is sparse, or only some of the columns have string names.

    Examples
    --------
    >>> from sklearn.base import BaseEstimator
    >>> from skautogen.inputs import check_X
    >>> check_X(BaseEstimator(), [[1, 2], [3, None]], reset=True)
    array([[ 1.,  2.],
           [ 3., nan]])
    """
    if not reset and (_has_its_names(estimator, X) or is_plain_array(estimator, X)):
        return X
    if not is_frame(X):
        return _check_numbers(estimator, X, reset)
    _check_unique_names(X)
    if 0 in X.shape:
        # Nothing to read here: only for scikit-learn's own words on emptiness.
        check_array(np.empty(X.shape), estimator=estimator)
    validate_data(estimator, _names_only(X), reset=reset, skip_check_array=True)
    return X


def is_plain_array(
    estimator: Any, X: Any, dtypes: tuple[type, ...] = (np.float64, np.float32)
) -> bool:
    """Whether X is an array in which scikit-learn's validation could find no fault.

    To find none takes it 0.2 ms, as long as a small network takes to answer for a row.
    So it is asked only about what is not plainly right, and all its errors and warnings
    remain.

    Parameters
    ----------
    estimator : estimator
        Fitted, in whatever way.
    X : object
    dtypes : tuple of type, default=(numpy.float64, numpy.float32)
        Those that need no conversion.

    Returns
    -------
    is_plain_array : bool
        Whether X has one of the dtypes, two axes, rows, and as many columns as ``fit``
        saw, and these had no names. It may hold missing and infinite values.
    """
    return (
        type(X) is np.ndarray
        and X.dtype in dtypes
        and X.ndim == 2
        and len(X) > 0
        and X.shape[1] == getattr(estimator, "n_features_in_", None)
        and not hasattr(estimator, "feature_names_in_")
    )


def _has_its_names(estimator: Any, X: Any) -> bool:
    """Whether X is a DataFrame with rows, and with the very names that ``fit`` saw."""
    names = getattr(estimator, "feature_names_in_", None)
    return (
        names is not None
        and is_frame(X)
        and len(X) > 0
        and list(X.columns) == names.tolist()
    )


def _check_numbers(estimator: Any, X: Any, reset: bool) -> np.ndarray:
    """Refuse what is no array of numbers."""
    if getattr(X, "ndim", 2) > 2:
        raise ValueError(
            f"X has {X.ndim} axes, shape={X.shape}, and a 'table' has two: (n_samples, "
            "n_features). To use every value of a row as a feature, pass "
            "X.reshape(len(X), -1); for other kinds of input see input_kind."
        )
    try:
        return validate_data(
            estimator,
            X,
            reset=reset,
            # Integers of any size and half precision become float64.
            dtype=[np.float64, np.float32],
            ensure_all_finite=False,
        )
    except ValueError as error:
        if "could not convert string" not in str(error):
            raise
        raise ValueError(
            f"X is an array with text in it: {error}. Arrays must hold numbers; give a "
            "pandas or polars DataFrame, in which text and categories are understood."
        ) from error


def is_frame(X: Any) -> bool:
    """Whether X is a pandas or polars DataFrame, without importing either.

    Parameters
    ----------
    X : object

    Returns
    -------
    is_frame : bool
    """
    return is_of(X, "pandas", "DataFrame") or is_of(X, "polars", "DataFrame")


def is_of(obj: Any, module: str, name: str) -> bool:
    """Whether an object is an instance of a class of a module that may not be loaded.

    Parameters
    ----------
    obj : object
    module, name : str
        Where the class is found. As long as the module has not been imported by
        anybody, there can be no instance of its classes.

    Returns
    -------
    is_of : bool
    """
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(obj, getattr(loaded, name))


def _names_only(X: Any) -> Any:
    """Give scikit-learn the names of the columns in a form that it reads."""
    if is_of(X, "pandas", "DataFrame"):
        return X
    import pandas as pd

    # Before 1.9 scikit-learn read those of polars by a protocol that polars gave up.
    return pd.DataFrame(columns=X.columns)


def _check_unique_names(X: Any) -> None:
    names = list(X.columns)
    if len(set(names)) < len(names):
        repeated = sorted({str(name) for name in names if names.count(name) > 1})
        raise ValueError(
            f"The names of the columns of X must be unique; got {', '.join(repeated)} "
            "more than once. Rename or drop these columns."
        )
