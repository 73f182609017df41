"""The kinds of input there are, and which of them X is."""

from __future__ import annotations

from typing import Any

from .._spelling import unknown_name
from .table import TablePreparer

# From the name of a kind to the transformer that prepares it for a network.
INPUT_KINDS: dict[str, type] = {"table": TablePreparer}


def detect_kind(X: Any, input_kind: str = "auto") -> str:
    """Say which kind of input X is.

    Parameters
    ----------
    X : array-like or DataFrame
        The input. Only its number of axes is looked at; whether the rest is as it
        should be is for the transformer of the kind to say.
    input_kind : str, default="auto"
        A key of ``INPUT_KINDS``, or ``"auto"`` to go by X.

    Returns
    -------
    kind : str
        A key of ``INPUT_KINDS``.

    Raises
    ------
    ValueError
        If there is no kind of that name, or X has more than two axes.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs import detect_kind
    >>> detect_kind(np.zeros((5, 3)))
    'table'
    """
    if input_kind != "auto" and input_kind not in INPUT_KINDS:
        raise ValueError(unknown_name("input_kind", input_kind, ["auto", *INPUT_KINDS]))
    if getattr(X, "ndim", 2) > 2:
        raise ValueError(
            f"input_kind={input_kind!r} got X with {X.ndim} axes, shape={X.shape}. "
            "Accepted is a 'table': an array or DataFrame of shape (n_samples, "
            "n_features). To use every value of a row as a feature, pass "
            "X.reshape(len(X), -1)."
        )
    return "table"
