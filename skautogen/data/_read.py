"""Any data file or folder as X and y. A new format is a line here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ._format import Data, Format, Part
from .delimited import DELIMITED
from .image_folder import IMAGE_FOLDER
from .npz import NPZ
from .parquet import PARQUET
from .wav_folder import WAV_FOLDER

FORMATS: tuple[Format, ...] = (DELIMITED, PARQUET, NPZ, IMAGE_FOLDER, WAV_FOLDER)


def read_data(
    path: str | os.PathLike[str], target: str | None = None, *, part: Part = "train"
) -> Data:
    """Read a file or a folder of data, as the estimators take them.

    =========================  ========================  ==========================
    path                       X                         y
    =========================  ========================  ==========================
    ``.csv``, ``.tsv``         all columns but one       this one: the target
    ``.parquet``               all columns but one       this one: the target
    ``.npz``                   ``X``, or ``x_train``     ``y``, or ``y_train``
    folder of images           paths of the files        names of the folders in it
    folder of wav files        paths of the files        names of the folders in it
    =========================  ========================  ==========================

    CSV files may be gzipped (``.csv.gz``), and their separators are found: comma,
    semicolon, tab or bar. A first column without a name holds the numbers of rows, as
    pandas writes them, and is the index. Images and sounds of a class are in a folder
    that is called as it is; files beside each other, without folders, are rows without
    targets.

    Parameters
    ----------
    path : str or path
    target : str, default=None
        Which column is predicted: its name; of ``.npz`` the name of an array, ``None``
        for ``y``; folders have none. ``None`` for a table gives no y, and all columns
        as X.
    part : {"train", "test"}, default="train"
        Which arrays of a ``.npz`` that has both: ``x_train`` and ``y_train``, or
        ``x_test`` and ``y_test``.

    Returns
    -------
    X : DataFrame, ndarray or list of str
    y : Series, ndarray or None
        ``None`` where there is no target. Rows whose target is missing are left out.

    Warns
    -----
    UserWarning
        If targets are missing: how many, and where the first is.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If its format is not known, it is damaged, or has no such target. The message
        names the file, the line if there is one, and the nearest name.
    ImportError
        If a library is missing that reads the format.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from skautogen.data import read_data
    >>> path = Path(tempfile.mkdtemp()) / "pets.csv"
    >>> _ = path.write_text("weight;legs;pet\\n4.5;4;cat\\n0.1;2;bird\\n")
    >>> X, y = read_data(path, "pet")
    >>> X.columns.tolist(), y.tolist()
    (['weight', 'legs'], ['cat', 'bird'])
    """
    path = Path(path)
    return _format_of(path).read(path, target, part)


def read_features(path: str | os.PathLike[str], *, part: Part = "train") -> Any:
    """Read all rows of a file or a folder, to predict what may not be known of them.

    Parameters
    ----------
    path : str or path
    part : {"train", "test"}, default="train"
        See :func:`read_data`.

    Returns
    -------
    X : DataFrame, ndarray or list of str
        Tables with all of their columns. No row is left out.

    Raises
    ------
    FileNotFoundError, ValueError, ImportError
        As :func:`read_data`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> from skautogen.data import read_features
    >>> path = Path(tempfile.mkdtemp()) / "a.npz"
    >>> np.savez(path, X=np.zeros((3, 2)), y=[0.5, np.nan, 1.5])
    >>> read_features(path).shape
    (3, 2)
    """
    path = Path(path)
    found = _format_of(path)
    if found.read_features is not None:
        return found.read_features(path, part)
    return found.read(path, None, part).X


def _format_of(path: Path) -> Format:
    if not path.exists():
        raise FileNotFoundError(
            f"There is no file or folder {str(path)!r} (looked for from "
            f"{os.getcwd()!r})."
        )
    for each in FORMATS:
        if each.recognises(path):
            return each
    names = ", ".join(each.name for each in FORMATS)
    what = "folder" if path.is_dir() else "file"
    raise ValueError(
        f"The {what} {str(path)!r} is of no format that is read. Accepted: {names}."
    )
