"""Folders whose folders are classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from ._format import Data, Format, Part


def folder_format(name: str, endings: tuple[str, ...]) -> Format:
    """Make the format of folders of files of some kind.

    Parameters
    ----------
    name : str
        What messages call it.
    endings : tuple of str
        Of the files, in lower case.

    Returns
    -------
    format : Format
        The files of a class are in a folder, or in folders of it; files beside each
        other have no class.
    """

    def read(path: Path, target: str | None, part: Part) -> Data:
        return _read_folder(path, target, _has_ending(endings))

    def recognises(path: Path) -> bool:
        return path.is_dir() and any(map(_has_ending(endings), path.rglob("*")))

    return Format(name, recognises, read)


def _has_ending(endings: tuple[str, ...]) -> Callable[[Path], bool]:
    return lambda path: path.suffix.lower() in endings and not _is_hidden(path)


def _is_hidden(path: Path) -> bool:
    # Of macOS and of viewers: ._cat.png
    return path.name.startswith(".")


def _read_folder(
    path: Path, target: str | None, is_wanted: Callable[[Path], bool]
) -> Data:
    if target is not None:
        raise ValueError(
            f"target={target!r}: {path} is a folder, where a file's target is the name "
            "of the folder that it is in. Leave target away."
        )
    classes = sorted(
        each for each in path.iterdir() if each.is_dir() and not _is_hidden(each)
    )
    by_class = {each.name: _files(each.rglob("*"), is_wanted) for each in classes}
    loose = _files(path.iterdir(), is_wanted)
    if not any(by_class.values()):
        return Data(loose, None)
    if loose:
        raise ValueError(
            f"{path} has {len(loose)} files in no folder of a class, such as "
            f"{Path(loose[0]).name!r}, beside the folders {', '.join(by_class)}. Move "
            "them into one, or away."
        )
    X = [file for files in by_class.values() for file in files]
    y = [name for name, files in by_class.items() for _ in files]
    return Data(X, np.array(y))


def _files(paths: Iterable[Path], is_wanted: Callable[[Path], bool]) -> list[str]:
    return sorted(str(each) for each in paths if each.is_file() and is_wanted(each))
