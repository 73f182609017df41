"""More rows of a table, for networks that learn answers and need no labels."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.neighbors import NearestNeighbors

from ..inputs._checks import is_of

# Rows are made up to this many, and each row no oftener than so.
_MOST_ROWS, _MOST_TIMES = 20_000, 4
_NEIGHBOURS = 5
# Cells of a row that come from its neighbour.
_SHARE = 0.5


def mixed_rows(X: Any, prepared: np.ndarray, seed: int) -> Any:
    """Add rows that have some of their cells from near rows.

    Parameters
    ----------
    X : array-like or DataFrame of shape (n_rows, n_features)
    prepared : ndarray of shape (n_rows, n_prepared)
        The same rows, as a network takes them: what is near is told by these.
    seed : int

    Returns
    -------
    X : as X, of shape (n_more_rows, n_features)
        The rows of X, and the made ones.

    References
    ----------
    C. Bucila, R. Caruana, A. Niculescu-Mizil, "Model Compression", KDD 2006 ("MUNGE",
    here with one of several neighbours, and without noise).
    """
    n_rows = len(prepared)
    n_times = min(_MOST_TIMES, _MOST_ROWS // n_rows)
    n_near = min(_NEIGHBOURS, n_rows - 1)
    if n_times < 1 or n_near < 1:
        return X
    rng = np.random.default_rng(seed)
    finder = NearestNeighbors(n_neighbors=n_near).fit(prepared)
    near = finder.kneighbors(return_distance=False)
    # Which row each cell is of, row by row.
    own = np.tile(np.arange(n_rows), n_times)
    partner = near[own, rng.integers(0, n_near, len(own))]
    is_swapped = rng.random((len(own), X.shape[1])) < _SHARE
    source = np.where(is_swapped, partner[:, None], own[:, None])
    source = np.vstack([np.arange(n_rows)[:, None].repeat(X.shape[1], 1), source])
    return _cells(X, source)


def _cells(X: Any, source: np.ndarray) -> Any:
    """Rows of cells of X, each of the row whose number is given."""
    columns = range(X.shape[1])
    if is_of(X, "polars", "DataFrame"):
        return type(X)([X.to_series(k).gather(source[:, k]) for k in columns])
    if not is_of(X, "pandas", "DataFrame"):
        return np.take_along_axis(np.asarray(X), source, axis=0)
    import pandas as pd

    taken = [X.iloc[:, [k]].take(source[:, k]) for k in columns]
    return pd.concat([each.reset_index(drop=True) for each in taken], axis=1)
