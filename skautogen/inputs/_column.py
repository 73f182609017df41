"""X as a column of objects, one a row: texts, the paths of files, or arrays."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from ._checks import is_frame, is_of


def rows_of_column(X: Any) -> list[Any] | None:
    """The rows of X, if it is a column of objects.

    Parameters
    ----------
    X : object

    Returns
    -------
    rows : list or None
        Of a list, a tuple, a Series, a DataFrame of one column, or an array of strings
        or objects that has one axis, or two and one column. ``None`` of anything else,
        such as an array of numbers.

    Raises
    ------
    TypeError
        If X is a single string or path.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs._column import rows_of_column
    >>> rows_of_column(np.array([["a.png"], ["b.png"]]))
    ['a.png', 'b.png']
    >>> rows_of_column(np.zeros((2, 1))) is None
    True
    """
    if isinstance(X, bytes) or is_path(X):
        raise TypeError(
            f"X is a single {type(X).__name__}, {_shortened(X)}, and no collection of "
            "texts or paths. Give a list, also of one row: [X]."
        )
    if is_frame(X):
        if X.shape[1] != 1:
            return None
        X = X[X.columns[0]]
    if is_of(X, "pandas", "Series") or is_of(X, "polars", "Series"):
        return list(X)
    if isinstance(X, np.ndarray):
        is_column = X.ndim == 1 or (X.ndim == 2 and X.shape[1] == 1)
        # Objects, and the several kinds of strings.
        holds_objects = is_column and X.dtype.kind in "OUT"
        return X.ravel().tolist() if holds_objects else None
    return list(X) if isinstance(X, (list, tuple)) else None


def is_path(value: Any) -> bool:
    """Whether a value may be the path of a file."""
    return isinstance(value, (str, os.PathLike))


def _shortened(X: Any, most: int = 60) -> str:
    written = repr(X)
    return written if len(written) <= most else f"{written[:most]}..."
