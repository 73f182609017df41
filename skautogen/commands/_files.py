"""The files that commands read and write."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..data._format import Part


def check_output(output: str, *inputs: str | None, overwrite: bool) -> Path:
    """Refuse a file that cannot or must not be written, before the work begins.

    Parameters
    ----------
    output : str
        The file.
    *inputs : str or None
        The files that are read, which are never replaced.
    overwrite : bool
        Whether a file that is there may be replaced.

    Returns
    -------
    path : pathlib.Path

    Raises
    ------
    OSError
        If its folder is not there or not writable, if it is a folder itself, or if it
        is there already.
    ValueError
        If it is one of the inputs.
    """
    path = Path(output)
    folder = path.parent
    if not folder.is_dir():
        raise FileNotFoundError(
            f"-o {output}: there is no folder {str(folder)!r}. Make it first."
        )
    if path.exists() and any(
        os.path.exists(each) and path.samefile(each) for each in inputs if each
    ):
        raise ValueError(f"-o {output} is a file that is read. Give another name.")
    if path.exists() and not overwrite:
        raise FileExistsError(
            f"-o {output} is there already. Pass --overwrite to replace it, or give "
            "another name."
        )
    if path.is_dir() and not (path / "saved_model.pb").exists():
        raise IsADirectoryError(f"-o {output} is a folder. Give the name of a file.")
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"-o {output}: nothing can be written to {folder}.")
    return path


def sidecar_of(network: Path) -> Path:
    """Name the file that ``export`` writes beside a network: what to feed to it.

    Parameters
    ----------
    network : pathlib.Path

    Returns
    -------
    path : pathlib.Path
    """
    return network.with_name(f"{network.name}.json")


def load_model(path: str) -> Any:
    """Load what ``fit`` has written.

    Parameters
    ----------
    path : str

    Returns
    -------
    model : AutoGenClassifier or AutoGenRegressor
        Fitted.

    Raises
    ------
    FileNotFoundError, InvalidFileError
        As :func:`skautogen.load`.
    NotFittedError
        If it was saved without being fitted.
    """
    from sklearn.utils.validation import check_is_fitted

    from ..persistence import load

    if not os.path.exists(path):
        raise FileNotFoundError(f"There is no model {path!r}.")
    if os.path.isdir(path):
        raise IsADirectoryError(f"{path} is a folder, and no model that fit has saved.")
    model = load(path)
    check_is_fitted(model)
    return model


def read_rows(model: Any, path: str) -> Any:
    """Read rows to predict, with the columns that a model was fitted on.

    Parameters
    ----------
    model : AutoGenClassifier or AutoGenRegressor
        Fitted.
    path : str

    Returns
    -------
    X : DataFrame, ndarray or list of str
        All rows of the file. The target is left out, if it is there.
    """
    from ..data import align_columns, read_features

    return align_columns(model, read_features(path, part="test"), path)


def read_known(
    path: str, target: str | None, *, part: Part = "train"
) -> tuple[Any, Any]:
    """Read rows with what is to be predicted of them.

    Parameters
    ----------
    path : str
    target : str or None
        The column; ``None`` of what has its targets in a place of their own.
    part : {"train", "test"}, default="train"
        Which arrays of an ``.npz`` that has both.

    Returns
    -------
    X : DataFrame, ndarray or list of str
    y : Series or ndarray

    Raises
    ------
    ValueError
        If the column is not named: which there are, and which it may be.
    """
    from ..data import read_data
    from ..data._table import likely_target, list_names

    X, y = read_data(path, target, part=part)
    if y is not None:
        return X, y
    if not hasattr(X, "columns"):
        raise ValueError(f"{path} has no targets.")
    columns = [str(each) for each in X.columns]
    raise ValueError(
        f"{path}: which column is to be predicted? Pass --target COLUMN. It has: "
        f"{list_names(columns)}. Perhaps --target {shlex.quote(likely_target(columns))}"
    )


def read_judged(
    model: Any, path: str, target: str | None, *, part: Part = "test"
) -> tuple[Any, Any]:
    """Read rows to judge a model by.

    Parameters
    ----------
    model : AutoGenClassifier or AutoGenRegressor
        Fitted.
    path : str
    target : str or None
        ``None`` for the column that the model was fitted on.
    part : {"train", "test"}, default="test"
        Which arrays of an ``.npz`` that has both.

    Returns
    -------
    X : DataFrame, ndarray or list of str
    y : Series or ndarray
        The truth.
    """
    from ..data import align_columns

    # Models of earlier versions do not know the name.
    target = target or getattr(model, "target_name_", None)
    X, y = read_known(path, target, part=part)
    return align_columns(model, X, path), y
