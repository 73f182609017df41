"""Tables as X and y."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import numpy as np

from .._stack import outside_level
from ._format import Data

# Columns that a message lists: the target is often the last.
_MOST_LISTED, _LAST_LISTED = 20, 3

# Columns that are called so are what is predicted, the likeliest first.
_USUAL_TARGETS = ("target", "label", "class", "y", "outcome")


def split_target(frame: Any, target: str | None, where: str) -> Data:
    """Take the column that is predicted out of a table.

    Rows whose target is missing cannot be learned from or judged by, and are left out,
    with a warning.

    Parameters
    ----------
    frame : DataFrame
        Of pandas or polars.
    target : str or None
        Its column; ``None`` for none.
    where : str
        What messages call the table.

    Returns
    -------
    data : Data

    Raises
    ------
    ValueError
        If there is no such column, or it is missing in all rows.

    Examples
    --------
    >>> import pandas as pd
    >>> from skautogen.data._table import split_target
    >>> frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    >>> split_target(frame, "b", "the table").y.tolist()
    ['x', 'y']
    """
    if target is None:
        return Data(frame, None)
    names = list(frame.columns)
    if target not in names:
        raise ValueError(no_such_column(target, names, where))
    if len(names) == 1:
        raise ValueError(
            f"{_at_the_head(where)} has no column beside the target {target!r} to "
            "predict it from."
        )
    X = frame[[each for each in names if each != target]]
    return leave_out_missing(X, frame[target], f"the column {target!r} of {where}")


def leave_out_missing(X: Any, y: Any, where: str) -> Data:
    """Leave rows out whose target is missing, and say so.

    Parameters
    ----------
    X : object of n_samples rows
    y : Series or ndarray of shape (n_samples,) or (n_samples, n_outputs)
    where : str
        What messages call the target.

    Returns
    -------
    data : Data
        As given, if nothing is missing.

    Warns
    -----
    UserWarning

    Raises
    ------
    ValueError
        If all are missing.
    """
    import pandas as pd
    from sklearn.utils import _safe_indexing

    missing = pd.DataFrame(np.asarray(y)).isna().to_numpy().any(axis=1)
    n_missing = int(missing.sum())
    if not n_missing:
        return Data(X, y)
    if n_missing == len(missing):
        raise ValueError(f"All {len(missing)} values of {where} are missing.")
    warnings.warn(
        f"{n_missing} of {len(missing)} values of {where} are missing, the first in "
        f"row {int(missing.argmax()) + 1}. These rows are left out.",
        stacklevel=outside_level(),
    )
    kept = np.flatnonzero(~missing)
    return Data(_safe_indexing(X, kept), _as_it_was(_safe_indexing(y, kept)))


def _as_it_was(y: Any) -> Any:
    """Integers, of which pandas had made floats for the sake of what is missing."""
    numbers = np.asarray(y)
    if numbers.dtype.kind != "f" or not np.array_equal(numbers, np.trunc(numbers)):
        return y
    return y.astype(np.int64) if hasattr(y, "astype") else y


def no_such_column(name: str, names: list[Any], where: str) -> str:
    """Say that a column is not there, which ones are nearest, and which there are.

    Parameters
    ----------
    name : str
    names : list of str
    where : str
        What the message calls the table.

    Returns
    -------
    message : str

    Examples
    --------
    >>> from skautogen.data._table import no_such_column
    >>> no_such_column("specis", ["petal", "species"], "iris.csv")
    "iris.csv has no column 'specis'. Did you mean 'species'? It has: petal, species."
    """
    known = [str(each) for each in names]
    nearest = get_close_matches(name, known, n=2)
    hint = f" Did you mean {' or '.join(map(repr, nearest))}?" if nearest else ""
    listed = list_names(known)
    return f"{_at_the_head(where)} has no column {name!r}.{hint} It has: {listed}."


def _at_the_head(where: str) -> str:
    """What is called "the table" as the first words of a sentence; a path as it is."""
    return f"T{where[1:]}" if where.startswith("the ") else where


def likely_target(columns: Sequence[str]) -> str:
    """Guess which column of a table is predicted.

    Parameters
    ----------
    columns : sequence of str

    Returns
    -------
    name : str
        One that is called as targets are, or else the last.

    Examples
    --------
    >>> from skautogen.data._table import likely_target
    >>> likely_target(["Label", "a"]), likely_target(["a", "price"])
    ('Label', 'price')
    """
    by_letters = {each.lower(): each for each in columns}
    for usual in _USUAL_TARGETS:
        if usual in by_letters:
            return by_letters[usual]
    return columns[-1]


def list_names(names: Iterable[Any]) -> str:
    """List the columns of a table, or, of many, the first and the last.

    Parameters
    ----------
    names : iterable of str

    Returns
    -------
    listed : str

    Examples
    --------
    >>> from skautogen.data._table import list_names
    >>> list_names(["petal", "sepal", "species"])
    'petal, sepal, species'
    """
    listed = [str(each) for each in names]
    if len(listed) > _MOST_LISTED:
        listed[_MOST_LISTED - _LAST_LISTED : -_LAST_LISTED] = ["..."]
    return ", ".join(listed)
