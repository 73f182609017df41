"""Fitted estimators in a file that runs no code when it is loaded."""

from ._errors import InvalidFileError, NotSavableError
from ._file import FORMAT_VERSION, load, save

__all__ = [
    "FORMAT_VERSION",
    "InvalidFileError",
    "NotSavableError",
    "load",
    "save",
]
