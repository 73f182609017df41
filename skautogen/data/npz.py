"""NumPy's files of several arrays."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from ._format import Data, Format, Part, ends_with
from ._table import leave_out_missing


def read_npz(path: Path, target: str | None, part: Part) -> Data:
    """Read arrays X and y; see :func:`skautogen.data.read_data`."""
    with _open(path) as arrays:
        names = list(arrays.files)
        name_of_X = _name_of_X(names, part, path)
        is_part = name_of_X.lower() != "x"
        if target is None:
            name_of_y = _find(names, f"y_{part}" if is_part else "y")
        elif target in names:
            name_of_y = target
        else:
            raise ValueError(
                f"{path} has no array {target!r}. It has: {', '.join(names)}."
            )
        X = _array(arrays, name_of_X, path)
        y = None if name_of_y is None else _array(arrays, name_of_y, path)
    if y is None:
        return Data(X, None)
    if len(X) != len(y):
        raise ValueError(
            f"{path}: {name_of_X!r} has {len(X)} rows, and {name_of_y!r} {len(y)}."
        )
    return leave_out_missing(X, y, f"{name_of_y!r} of {path}")


def read_npz_features(path: Path, part: Part) -> np.ndarray:
    """Read all rows of X; see :func:`skautogen.data.read_features`."""
    with _open(path) as arrays:
        return _array(arrays, _name_of_X(list(arrays.files), part, path), path)


def _open(path: Path) -> np.lib.npyio.NpzFile:
    try:
        # Pickled objects would run code.
        arrays = np.load(path, allow_pickle=False)
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} cannot be read as .npz: {error}") from error
    if not isinstance(arrays, np.lib.npyio.NpzFile):
        raise ValueError(f"{path} holds one array without a name, and is no .npz file.")
    return arrays


def _name_of_X(names: list[str], part: Part, path: Path) -> str:
    found = _find(names, "x", f"x_{part}")
    if found is None:
        raise ValueError(
            f"{path} has no array 'X' or 'x_{part}'. It has: {', '.join(names)}."
        )
    return found


def _find(names: list[str], *wanted: str) -> str | None:
    """The first name that is wanted, in any case."""
    return next((each for each in names if each.lower() in wanted), None)


def _array(arrays: Any, name: str, path: Path) -> np.ndarray:
    try:
        array: np.ndarray = arrays[name]
    except ValueError as error:
        raise ValueError(
            f"{path}: the array {name!r} holds Python objects, which are not read, "
            "since that would run code. Save numbers or strings "
            '(array.astype("U"), say).'
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ValueError(f"{path}: the array {name!r} is damaged: {error}.") from error
    if array.ndim == 0:
        raise ValueError(f"{path}: {name!r} is a single value, and has no rows.")
    return array


NPZ = Format("NumPy (.npz)", ends_with(".npz"), read_npz, read_npz_features)
