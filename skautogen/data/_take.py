"""Data in any of the forms that the facade takes."""

from __future__ import annotations

import os
from typing import Any

from ._format import Data, Part
from ._read import read_data
from ._table import list_names, split_target


def take_data(data: Any, target: str | None = None, *, part: Part = "train") -> Data:
    """Find X and y in what is given.

    Parameters
    ----------
    data : tuple (X, y), DataFrame, str or path
        As arrays, as a table with its target, or as a file or folder of data.
    target : str, default=None
        The column to predict, of a table or a file of one.
    part : {"train", "test"}, default="train"
        See :func:`read_data`.

    Returns
    -------
    data : Data

    Raises
    ------
    TypeError
        If data is something else.
    ValueError
        If the target is not told, or not there.

    Examples
    --------
    >>> import pandas as pd
    >>> from skautogen.data import take_data
    >>> X, y = take_data(pd.DataFrame({"a": [1, 2], "b": [3, 4]}), "b")
    >>> X.columns.tolist(), y.tolist()
    (['a'], [3, 4])
    """
    if isinstance(data, tuple) and len(data) == 2:
        return Data(*data)
    if isinstance(data, (str, os.PathLike)):
        where, found = os.fspath(data), Data(*read_data(data, target, part=part))
    elif hasattr(data, "columns"):
        where, found = "the DataFrame", split_target(data, target, "the DataFrame")
    else:
        raise TypeError(
            f"data is of type {type(data).__name__}. Accepted: a tuple (X, y), a "
            "DataFrame with a target, or the path of a file or folder."
        )
    if found.y is None:
        columns = getattr(found.X, "columns", None)
        if columns is None:
            raise ValueError(f"{where} has no targets.")
        raise ValueError(
            f"Which column of {where} is to be predicted? Name it as the target. "
            f"There are: {list_names(columns)}."
        )
    return found
