"""Parquet files."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from ._format import Data, Format, Part, ends_with
from ._table import split_target


def read_parquet(path: Path, target: str | None, part: Part) -> Data:
    """Read a table of columns; see :func:`skautogen.data.read_data`."""
    check_installed(path)
    import pandas as pd

    try:
        frame = pd.read_parquet(path)
    except Exception as error:  # the engines have errors of their own
        raise ValueError(f"{path} cannot be read as Parquet: {error}.") from error
    if not len(frame):
        raise ValueError(f"{path} has no rows.")
    return split_target(frame, target, str(path))


def check_installed(path: Path) -> None:
    """Refuse a Parquet file where nothing is installed that knows them.

    Raises
    ------
    ImportError
    """
    if not (find_spec("pyarrow") or find_spec("fastparquet")):
        raise ImportError(
            f'{path} is a Parquet file, and needs pyarrow: pip install "skautogen'
            '[parquet]".'
        )


PARQUET = Format("Parquet (.parquet)", ends_with(".parquet", ".pq"), read_parquet)
