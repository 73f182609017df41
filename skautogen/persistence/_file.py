"""The file: a zip of JSON and NPY parts.

- ``manifest.json``: format, its version, and the versions that it was written with;
- ``objects.json``: names and nodes (:mod:`._write`);
- ``arrays/DTYPE.npy``: all arrays of a dtype.

The zip has a checksum of every part, which reading checks.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ._errors import InvalidFileError
from ._read import Reader
from ._write import Writer

# 2 has sparse arrays.
FORMAT_VERSION = 2

_FORMAT = "skautogen estimator"
_PACKAGES = ("skautogen", "scikit-learn", "keras", "numpy")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
    MemoryError,  # of a shape that was never written
    NotImplementedError,  # a way of compressing that Python does not know
)


def save(estimator: Any, path: str | os.PathLike[str]) -> Path:
    """Write an estimator into a file; see the estimators' ``save``.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
    path : str or path

    Returns
    -------
    path : pathlib.Path

    Raises
    ------
    NotSavableError
    """
    writer = Writer()
    writer.value(estimator, "")
    manifest = {
        "format": _FORMAT,
        "format_version": FORMAT_VERSION,
        "versions": {name: _version(name) for name in _PACKAGES},
    }
    path = Path(path)
    # Whoever interrupts this does not lose the file that was there before.
    beginning = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(beginning, "w") as parts:
            _write_json(parts, "manifest.json", manifest)
            content = {"names": writer.names, "nodes": writer.nodes}
            _write_json(parts, "objects.json", content)
            for dtype, arrays in writer.arrays.items():
                buffer = io.BytesIO()
                np.save(buffer, np.concatenate(arrays), allow_pickle=False)
                # Weights are noise to a compressor: as they are, they load faster.
                parts.writestr(f"arrays/{_stem(dtype)}.npy", buffer.getbuffer())
        os.replace(beginning, path)
    finally:
        beginning.unlink(missing_ok=True)
    return path


def load(path: str | os.PathLike[str]) -> Any:
    """Load an estimator that ``save`` has written.

    Nothing in the file is run: it holds numbers, strings, and names of classes of
    skautogen, scikit-learn, skrub and SciKeras, and any other name is refused.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    estimator : AutoGenClassifier or AutoGenRegressor
        It predicts what the saved one does, to the last bit.

    Raises
    ------
    InvalidFileError
        If the file is damaged, is not of ``save``, names what is not trusted, or was
        written by a newer version of skautogen.
    FileNotFoundError
        If there is none.

    See Also
    --------
    AutoGenClassifier.save : Writes the file.

    Examples
    --------
    >>> import skautogen
    >>> model = skautogen.load("model.skautogen")  # doctest: +SKIP
    """
    from .._estimator import BaseAutoGen

    path = Path(path)
    with open(path, "rb") as file:
        try:
            with zipfile.ZipFile(file) as parts:
                _check_manifest(_read_manifest(parts, path), path)
                estimator = _read(parts)
        except InvalidFileError:
            raise
        except LookupError as error:
            if isinstance(error, (KeyError, IndexError)):
                raise InvalidFileError(_damaged(path, error)) from error
            raise InvalidFileError(
                f"{path} names {error}, which is not a class or function that a saved "
                "estimator has. It was written by another version, or by somebody who "
                "wants it to be run; it is not loaded."
            ) from error
        except _DAMAGED as error:
            raise InvalidFileError(_damaged(path, error)) from error
    if not isinstance(estimator, BaseAutoGen):
        raise InvalidFileError(f"{path} holds no estimator of skautogen.")
    return estimator


def _read(parts: zipfile.ZipFile) -> Any:
    content = json.loads(parts.read("objects.json"))
    arrays = {}
    for name in parts.namelist():
        if name.startswith("arrays/"):
            array = _read_array(parts.read(name))
            arrays[array.dtype.str] = array
    return Reader(content["names"], arrays).read(content["nodes"])


def _read_array(content: bytes) -> np.ndarray:
    """Read one NPY part, without the copies that ``np.load`` makes."""
    header = io.BytesIO(content)
    if np.lib.format.read_magic(header) != (1, 0):
        raise ValueError("an array of another version of NPY")
    _, _, dtype = np.lib.format.read_array_header_1_0(header)
    if dtype.hasobject:  # would be a pickle
        raise ValueError("an array of objects")
    return np.frombuffer(content, dtype, offset=header.tell())


def _read_manifest(parts: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    manifest = {}
    if "manifest.json" in parts.namelist():
        manifest = json.loads(parts.read("manifest.json"))
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise InvalidFileError(
            f"{path} is a zip file of something else: an estimator's save writes what "
            "skautogen.load reads."
        )
    return manifest


def _check_manifest(manifest: dict[str, Any], path: Path) -> None:
    found = manifest["format_version"]
    if not isinstance(found, int) or found < 1:
        raise ValueError(f"format_version is {found!r}")
    if found > FORMAT_VERSION:
        by = manifest["versions"]["skautogen"]
        raise InvalidFileError(
            f"{path} was saved by skautogen {by}, in version {found} of the format; "
            f"skautogen {_version('skautogen')}, which is running, reads up to version "
            f'{FORMAT_VERSION}. Run pip install --upgrade "skautogen>={by}".'
        )


def _damaged(path: Path, error: Exception) -> str:
    with open(path, "rb") as file:
        begins_as_zip = file.read(2) == b"PK"
    if not begins_as_zip:
        return (
            f"{path} is not a file of an estimator's save. A pickle is loaded with "
            "pickle.load or joblib.load, if you trust who wrote it."
        )
    return (
        f"{path} is damaged ({type(error).__name__}: {error}). Copy it again, or save "
        "the estimator anew."
    )


def _write_json(parts: zipfile.ZipFile, name: str, content: Any) -> None:
    text = json.dumps(content, separators=(",", ":"))
    parts.writestr(name, text, compress_type=zipfile.ZIP_DEFLATED)


def _stem(dtype: str) -> str:
    """A file name for a dtype such as ``"<f4"`` or ``"<M8[ns]"``."""
    return "".join(each if each.isalnum() else "_" for each in dtype)


def _version(package: str) -> str:
    if package == "skautogen":  # also where it is not installed
        from .. import __version__

        return __version__
    return version(package)
