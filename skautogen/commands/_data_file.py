"""The file of data that a generated file trains on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..config import Config, Data


def data_file(config: Config, code: Path) -> tuple[Path, str | list[str]]:
    """Say which file of data a generated file has, and its target.

    Parameters
    ----------
    config : Config
    code : Path
        The generated file.

    Returns
    -------
    file : Path
        The user's own, or one beside the generated file for a set with a name.
    target : str or list of str
    """
    dataset = config.task.dataset
    if dataset.path is not None:
        file, target = config.find(dataset.path), dataset.target or "target"
        return (
            file if is_users(config) else code.with_name(f"{file.stem}_rows.csv")
        ), target
    name = str(dataset.name).lower().replace("-", "_")
    target = ["Weight", "Waist", "Pulse"] if name == "linnerud" else "target"
    is_table = config.task.kind in ("table", "text")
    return code.with_name(f"{name}.csv" if is_table else f"{name}.npz"), target


def is_users(config: Config) -> bool:
    """Say whether a generated file can read what the configuration names.

    Parameters
    ----------
    config : Config

    Returns
    -------
    is_users : bool
        Not so of sets with a name, and of tables that are no plain CSV files.
    """
    dataset = config.task.dataset
    if dataset.path is None:
        return False
    file = config.find(dataset.path)
    if file.is_dir() or file.suffix.lower() == ".npz":
        return True
    if file.suffix.lower() != ".csv" or not file.exists():
        return False
    import pandas as pd

    targets = [dataset.target] if isinstance(dataset.target, str) else dataset.target
    try:
        found = pd.read_csv(file, nrows=0).columns
    except ValueError:  # reading all of it says what is wrong
        return False
    return len(found) > 1 and set(targets or ()) <= set(found)


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
