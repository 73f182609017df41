"""The preparation of a table, as far as it can be part of an exported network."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.utils.validation import _check_feature_names_in

from ...inputs import TablePreparer
from ...inputs._frames import Nothing
from ...inputs._strings import Levels, LooseNumbers
from ...inputs._times import Durations

# A code that no category has, and that stands for none when fed either.
_NO_CODE = -2.0

_AS_ONE_NUMBER = {
    LooseNumbers: "number",
    Durations: "duration in seconds",
    Nothing: "ignored",
}


def column_layer(prepare: Any, support: np.ndarray | None) -> dict[str, Any] | None:
    """Find the settings of the layer that prepares a table.

    Parameters
    ----------
    prepare : Preparer
        The first step of a pipeline.
    support : ndarray of bool of shape (n_prepared,) or None
        What the second step keeps; None if it makes new features.

    Returns
    -------
    settings : dict or None
        Of :class:`PrepareColumns`. ``None`` where columns hold dates or texts, which
        are read by scikit-learn, skrub and pandas, and of other kinds of input.
    """
    if not isinstance(prepare, TablePreparer) or support is None:
        return None
    if find_unprepared(prepare):
        return None
    encoders = {} if prepare._frame is None else prepare._frame.encoders_
    n_scaled = prepare.n_numeric_
    scale, frequent = prepare._scale, prepare._frequent
    origin = np.arange(prepare.n_features_in_)
    if prepare._frame is not None:
        origin = prepare._frame.input_index_
    is_nothing = [type(encoders.get(int(c))) is Nothing for c in origin[:n_scaled]]
    center = np.where(is_nothing, 0.0, scale.center[:n_scaled])
    factor = np.where(is_nothing, 0.0, 1 / scale.width[:n_scaled])
    value, opposite = _codes(origin[n_scaled:], encoders)
    return {
        "scaled": origin[:n_scaled].tolist(),
        "center": center.tolist(),
        "factor": factor.tolist(),
        "compared": [*origin[n_scaled:].tolist(), *origin[frequent.columns].tolist()],
        "value": [*value, *frequent.values.tolist()],
        "opposite": [*opposite, *_never(frequent.values)],
        "missing": origin[prepare._indicators].tolist(),
        "support": np.flatnonzero(support).tolist(),
    }


def find_unprepared(prepare: TablePreparer) -> list[str]:
    """Find the columns whose preparation cannot be part of a network.

    Parameters
    ----------
    prepare : TablePreparer
        Fitted.

    Returns
    -------
    names : list of str
        Of columns of dates, texts, or names of many values.
    """
    encoders = {} if prepare._frame is None else prepare._frame.encoders_
    names = _names(prepare)
    return [
        names[index]
        for index, each in encoders.items()
        if type(each) not in (Levels, *_AS_ONE_NUMBER)
    ]


def _names(prepare: TablePreparer) -> list[str]:
    return [str(name) for name in _check_feature_names_in(prepare)]


def _codes(
    origin: np.ndarray, encoders: dict[int, Any]
) -> tuple[list[float], list[float]]:
    """The codes at which outputs of categories are 1 and -1."""
    value: list[float] = []
    opposite: list[float] = []
    seen: dict[int, int] = {}
    for column in origin.tolist():
        rank = seen[column] = seen.get(column, -1) + 1
        is_pair = len(encoders[column].positions) == 2
        value.append(float(rank + is_pair))
        opposite.append(0.0 if is_pair else _NO_CODE)
    return value, opposite


def _never(values: np.ndarray) -> list[float]:
    """For each value NaN, which nothing is equal to."""
    return [float("nan")] * len(values)


def describe_columns(prepare: TablePreparer) -> list[dict[str, Any]]:
    """Say what to feed for each column.

    Parameters
    ----------
    prepare : TablePreparer

    Returns
    -------
    columns : list of dict
        In the order of the input: name, what it holds and, of categories, their names
        in the order of their codes, which count from 0.
    """
    encoders = {} if prepare._frame is None else prepare._frame.encoders_
    columns = []
    for index, name in enumerate(_names(prepare)):
        encoder = encoders.get(index, LooseNumbers())
        column: dict[str, Any] = {"name": name}
        if isinstance(encoder, Levels):
            column |= {"holds": "category", "categories": list(encoder.positions)}
        else:
            column |= {"holds": _AS_ONE_NUMBER[type(encoder)]}
        columns.append(column)
    return columns
