"""New rows with the columns that an estimator was fitted on."""

from __future__ import annotations

from typing import Any

from ._table import no_such_column


def align_columns(model: Any, X: Any, where: str) -> Any:
    """Give a table the columns that an estimator was fitted on, in their order.

    Parameters
    ----------
    model : AutoGenClassifier or AutoGenRegressor
        Fitted.
    X : DataFrame or other input
        With these columns, in any order; others are left out. What has no columns is
        given back as it is.
    where : str
        What messages call it.

    Returns
    -------
    X : DataFrame or other input

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> from skautogen.data import align_columns
    >>> model = SimpleNamespace(feature_names_in_=["b", "a"], target_name_="c")
    >>> frame = pd.DataFrame({"a": [1], "c": [0], "b": [2]})
    >>> align_columns(model, frame, "the table").columns.tolist()
    ['b', 'a']
    """
    if not hasattr(X, "columns"):
        return X
    names = list(X.columns)
    wanted = getattr(model, "feature_names_in_", None)
    if wanted is None:
        # A single column of texts, say, whose name is not remembered.
        target = getattr(model, "target_name_", None)
        return X[[each for each in names if each != target]]
    for each in wanted:
        if each not in names:
            raise ValueError(no_such_column(str(each), names, where))
    return X[list(wanted)]
