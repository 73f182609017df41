"""What a format of data files is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

Part = Literal["train", "test"]


class Data(NamedTuple):
    """Rows, and their targets where they have some.

    Attributes
    ----------
    X : DataFrame, ndarray or list of str of shape (n_samples, ...)
        As the estimators take it.
    y : Series or ndarray of shape (n_samples,) or (n_samples, n_outputs), or None
    """

    X: Any
    y: Any


@dataclass(frozen=True)
class Format:
    """A format of data files. A new one is a file with one of these.

    Attributes
    ----------
    name : str
        What messages call it.
    recognises : callable
        ``(path) -> bool``: whether a path that exists is of this format. It goes by the
        name, or by the names in a folder.
    read : callable
        ``(path, target, part) -> Data``: with the arguments of :func:`read_data`.
    read_features : callable, default=None
        ``(path, part) -> X``, of all rows; needed where ``read`` without a target
        leaves rows out.
    """

    name: str
    recognises: Callable[[Path], bool]
    read: Callable[[Path, str | None, Part], Data]
    read_features: Callable[[Path, Part], Any] | None = None


def ends_with(*endings: str) -> Callable[[Path], bool]:
    """Make what recognises files by the ends of their names, in any case.

    Parameters
    ----------
    *endings : str
        ``".csv.gz"``.

    Returns
    -------
    recognises : callable

    Examples
    --------
    >>> from pathlib import Path
    >>> from skautogen.data._format import ends_with
    >>> ends_with(".csv", ".csv.gz")(Path("people.CSV.gz"))
    True
    """
    return lambda path: path.name.lower().endswith(endings)
