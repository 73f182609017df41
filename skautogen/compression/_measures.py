"""What an estimator costs: bytes on disk, and milliseconds for a row."""

from __future__ import annotations

import pickle
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from sklearn.utils import _safe_indexing

from ..persistence import NotSavableError, save

_CALLS = 30


def bytes_on_disk(estimator: Any) -> int:
    """Bytes of the file that ``save`` writes; of a pickle where it cannot.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor

    Returns
    -------
    n_bytes : int
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            return save(estimator, Path(folder) / "estimator").stat().st_size
        except NotSavableError:
            return len(pickle.dumps(estimator))


def milliseconds(estimators: list[Any], X: Any) -> list[float]:
    """Median milliseconds of ``predict`` on one row.

    They take turns, so that whatever else the machine does is shared.

    Parameters
    ----------
    estimators : list of AutoGenClassifier or AutoGenRegressor
    X : array-like of shape (n_rows, ...)

    Returns
    -------
    milliseconds : list of float
        Of each.
    """
    row = _safe_indexing(X, [0])
    taken: list[list[float]] = [[] for _ in estimators]
    for each in estimators:
        each.predict(row)  # what only the first call does
    for _ in range(_CALLS):
        for each, times in zip(estimators, taken, strict=True):
            start = time.perf_counter()
            each.predict(row)
            times.append(time.perf_counter() - start)
    return [1e3 * statistics.median(times) for times in taken]
