"""Predictions as a table, and the table as a file."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def tabulate(model: Any, X: Any, *, proba: bool) -> pd.DataFrame:
    """Predict, and put it into a table.

    Parameters
    ----------
    model : AutoGenClassifier or AutoGenRegressor
        Fitted.
    X : DataFrame, ndarray or list of str
    proba : bool
        Whether to add the probabilities of the classes.

    Returns
    -------
    table : DataFrame
        A column that is named as the target was, or ``prediction``; of several targets
        ``prediction_0`` and so on. Then ``probability_CLASS`` of each class. The index
        is that of X where it says something: labels of rows, or ``file``.
    """
    import pandas as pd

    name = getattr(model, "target_name_", None) or "prediction"
    if proba:
        probabilities = model.predict_proba(X)
        predicted = model.classes_[probabilities.argmax(axis=1)]
    else:
        predicted = model.predict(X)
    if predicted.ndim == 1:
        columns = {name: predicted}
    else:
        columns = {f"{name}_{i}": each for i, each in enumerate(predicted.T)}
    if proba:
        for label, each in zip(model.classes_, probabilities.T, strict=True):
            columns[f"probability_{label}"] = each
    return pd.DataFrame(columns, index=_index_of(X))


def _index_of(X: Any) -> Any:
    import pandas as pd

    if isinstance(X, list):
        return pd.Index(X, name="file")
    return getattr(X, "index", None)


def print_table(table: pd.DataFrame) -> None:
    """Print a table on stdout, as CSV.

    Parameters
    ----------
    table : DataFrame
    """
    table.to_csv(sys.stdout, index=_has_labels(table))


def check_ending(path: Path) -> None:
    """Refuse a file of a format that is not written.

    Parameters
    ----------
    path : pathlib.Path

    Raises
    ------
    ValueError, ImportError
    """
    from ..data.parquet import check_installed

    writer = _writer_of(path)
    if writer is None:
        accepted = ", ".join(_WRITERS)
        raise ValueError(f"-o {path}: predictions are written to {accepted}.")
    if writer is _write_parquet:
        check_installed(path)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table in the format that the name of the file asks for.

    Parameters
    ----------
    table : DataFrame
    path : pathlib.Path
        One that ``check_ending`` accepts.
    """
    writer = _writer_of(path)
    assert writer is not None
    writer(table, path)


def _writer_of(path: Path) -> Callable[[pd.DataFrame, Path], None] | None:
    name = path.name.lower()
    return next((_WRITERS[each] for each in _WRITERS if name.endswith(each)), None)


def _has_labels(table: pd.DataFrame) -> bool:
    import pandas as pd

    return not table.index.equals(pd.RangeIndex(len(table)))


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=_has_labels(table))


def _write_tsv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=_has_labels(table), sep="\t")


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    table.to_parquet(path)


def _write_npz(table: pd.DataFrame, path: Path) -> None:
    if _has_labels(table):
        table = table.reset_index(names=table.index.name or "row")
    columns = {str(name): table[name].to_numpy() for name in table.columns}
    # np.savez would take a column "file" for its own argument.
    with zipfile.ZipFile(path, "w") as parts:
        for name, values in columns.items():
            with parts.open(f"{name}.npy", "w", force_zip64=True) as part:
                # Arrays of objects would be pickled.
                np.lib.format.write_array(part, _plain(values), allow_pickle=False)


def _plain(values: np.ndarray) -> np.ndarray:
    return values.astype(str) if values.dtype == object else values


_WRITERS: dict[str, Callable[[Any, Path], None]] = {
    ".csv": _write_csv,
    ".csv.gz": _write_csv,
    ".tsv": _write_tsv,
    ".parquet": _write_parquet,
    ".npz": _write_npz,
}
