"""Columns of names of files that no kind of input reads."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any

from ._column import is_path, rows_of_column
from ._image_files import EXTENSIONS as OF_IMAGES

_OF_AUDIO = (".wav",)
# What people keep recordings, images, films and documents in.
_NOT_READ = (
    *(".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".wma", ".aif"),
    *(".aiff", ".au", ".amr", ".heic", ".heif", ".avif", ".svg", ".psd", ".raw"),
    *(".cr2", ".nef", ".dng", ".jp2", ".dcm", ".mp4", ".m4v", ".avi", ".mov", ".mkv"),
    *(".webm", ".wmv", ".mpg", ".mpeg", ".pdf", ".doc", ".docx", ".odt", ".rtf"),
    *(".ppt", ".pptx", ".xls", ".xlsx", ".epub", ".npy", ".npz"),
)


def refuse_files_not_read(X: Any) -> None:
    """Refuse a column of names of files that would be taken for texts or categories.

    Parameters
    ----------
    X : object

    Raises
    ------
    ValueError
        If all rows of a column name files, and not all of them files of one kind that
        is read.

    Examples
    --------
    >>> from skautogen.inputs._files_not_read import refuse_files_not_read
    >>> refuse_files_not_read(["read a.mp3", "and this"])
    """
    rows = rows_of_column(X) or []
    # Rows may be missing: None or NaN.
    rows = [row for row in rows if row is not None and not isinstance(row, float)]
    if not rows or not all(map(_names_file, rows)):
        return
    endings = sorted({_ending(row) for row in rows})
    if set(endings) <= set(OF_IMAGES) or set(endings) <= set(_OF_AUDIO):
        return
    raise ValueError(
        f"X holds names of files that end in {', '.join(endings)}, such as "
        f"{os.fspath(rows[0])!r}. Files are read of {', '.join(OF_IMAGES)} (images) "
        f"or {', '.join(_OF_AUDIO)} (audio), all rows of one of the two: convert "
        "others, or read them and pass arrays, or texts. If the names themselves are "
        'the texts, pass input_kind="text".'
    )


def _names_file(row: Any) -> bool:
    if not is_path(row) or not isinstance(os.fspath(row), str):
        return False
    return _ending(row) in (*_NOT_READ, *OF_IMAGES, *_OF_AUDIO)


def _ending(row: Any) -> str:
    return PurePath(row).suffix.lower()
