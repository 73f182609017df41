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
from ._smaller import ensemble_of

_CALLS = 30


def bytes_on_disk(estimator: Any) -> int:
    """Bytes of the file that ``save`` writes.

    Of a pickle where it cannot; and of the weights alone, pickled, where an estimator
    has something of the user's that does not pickle, such as a lambda.

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
            return _bytes_of_pickle(estimator)


def _bytes_of_pickle(estimator: Any) -> int:
    try:
        return len(pickle.dumps(estimator))
    except (pickle.PicklingError, AttributeError, TypeError):
        pipelines = ensemble_of(estimator).pipelines
        states = [each.named_steps["network"].__getstate__() for each in pipelines]
        names = ("_packed_weights", "weights_")
        weights = [[state.get(name) for name in names] for state in states]
        return len(pickle.dumps(weights))


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
