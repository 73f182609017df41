"""The file of data that a generated file trains on."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..config import Config, Data


@dataclass(frozen=True)
class DataFile:
    """A file, or a folder, of data.

    Attributes
    ----------
    path : Path
    target : str or list of str
        The column, or columns, that are predicted; of a table.
    is_own : bool
        Whether it is the user's own; otherwise the rows are to be written into it.
    """

    path: Path
    target: str | list[str]
    is_own: bool


def data_file(config: Config, code: Path) -> DataFile:
    """Say which file of data a generated file has.

    Parameters
    ----------
    config : Config
    code : Path
        The generated file.

    Returns
    -------
    file : DataFile
        The user's own where generated files read it, and read the very rows of it that
        were learned from. One beside the generated file otherwise: of sets with a name,
        of tables that are no plain CSV files or lack some targets, of arrays that are
        not called X and y.
    """
    dataset = config.task.dataset
    is_table = config.task.kind in ("table", "text")
    ending = ".csv" if is_table else ".npz"
    if dataset.path is None:
        name = str(dataset.name).lower().replace("-", "_")
        targets = ["Weight", "Waist", "Pulse"] if name == "linnerud" else "target"
        return DataFile(code.with_name(name + ending), targets, is_own=False)
    path, target = config.find(dataset.path), dataset.target or "target"
    if _is_read(path, dataset.target, is_table=is_table):
        return DataFile(path, target, is_own=True)
    return DataFile(code.with_name(f"{path.stem}_rows{ending}"), target, is_own=False)


def _is_read(path: Path, target: str | list[str] | None, *, is_table: bool) -> bool:
    """Say whether generated files read what is there as it was learned from."""
    if path.is_dir() or not path.exists():  # reading it says what is wrong
        return True
    if is_table:
        return path.suffix.lower() == ".csv" and _is_plain(path, target)
    return path.suffix == ".npz" and target in (None, "y") and _has_X_and_y(path)


def _is_plain(path: Path, target: str | list[str] | None) -> bool:
    import pandas as pd

    names = [target] if isinstance(target, str) else list(target or ())
    try:
        n_columns = len(pd.read_csv(path, nrows=0).columns)
        targets = pd.read_csv(path, usecols=names)
    except ValueError:  # reading all of it says what is wrong
        return False
    return n_columns > 1 and not targets.isna().to_numpy().any()


def _has_X_and_y(path: Path) -> bool:
    import numpy as np
    import pandas as pd

    try:
        with np.load(path, allow_pickle=False) as arrays:
            has_both = {"X", "y"} <= set(arrays.files)
            return has_both and not pd.isna(arrays["y"]).any()
    # Reading all of it says what is wrong.
    except (ValueError, TypeError, OSError, EOFError, zipfile.BadZipFile, zlib.error):
        return False


def write_rows(data: Data, target: str | list[str], path: Path) -> None:
    """Write all rows of a set, as generated files read them: CSV, or arrays X and y.

    Parameters
    ----------
    data : Data
    target : str or list of str
        What the columns of the target are called.
    path : Path
    """
    import numpy as np
    import pandas as pd

    if path.suffix == ".npz":
        X = np.concatenate([data.X_train, data.X_test])
        np.savez_compressed(path, X=X, y=np.concatenate([data.y_train, data.y_test]))
        return
    parts = []
    for X, y in ((data.X_train, data.y_train), (data.X_test, data.y_test)):
        frame = X if hasattr(X, "columns") else pd.DataFrame(np.asarray(X))
        frame = frame.set_axis(_columns(frame), axis=1)
        names = [target] if isinstance(target, str) else target
        parts.append(frame.assign(**dict(zip(names, _columns_of(y), strict=True))))
    pd.concat(parts).to_csv(path, index=False)


def _columns(frame: Any) -> list[str]:
    if frame.shape[1] == 1 and frame.columns[0] == 0:
        return ["text"]
    return [each if isinstance(each, str) else f"x{each}" for each in frame.columns]


def _columns_of(y: Any) -> Any:
    return [y] if y.ndim == 1 else list(y.T)
