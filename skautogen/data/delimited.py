"""Tables of text: CSV and TSV files, also gzipped."""

from __future__ import annotations

import csv
import gzip
import re
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ._format import Data, Format, Part, ends_with
from ._table import split_target

_SEPARATORS = ",;\t|"
# What pandas calls a first column without a name.
_UNNAMED = "Unnamed: 0"


def read_delimited(path: Path, target: str | None, part: Part) -> Data:
    """Read a table of text; see :func:`skautogen.data.read_data`."""
    return split_target(_read_frame(path), target, str(path))


def _read_frame(path: Path) -> Any:
    import pandas as pd

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                path,
                sep=_find_separator(path),
                encoding="utf-8-sig",
                index_col=False,  # otherwise longer rows are shifted by a column
                low_memory=False,  # otherwise a column may change its type on the way
            )
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path}, line {_find_undecodable(path)}: the text is not UTF-8. Save the "
            "file as UTF-8."
        ) from error
    except pd.errors.EmptyDataError as error:
        raise ValueError(f"{path} is empty.") from error
    except pd.errors.ParserWarning as error:
        raise ValueError(
            f"{path}: the rows have more values than the header has names. Name every "
            "column."
        ) from error
    except pd.errors.ParserError as error:
        # "Error tokenizing data. C error: Expected 3 fields in line 5, saw 4"
        reason = re.sub(r"^.*C error: ", "", str(error)).strip().rstrip(".")
        raise ValueError(f"{path} is no table of rows alike: {reason}.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(f"{path} is damaged: {error}.") from error
    if not len(frame):
        raise ValueError(f"{path} has a header and no rows.")
    if frame.columns[0] == _UNNAMED:
        frame = frame.set_index(_UNNAMED).rename_axis(None)
    return frame


def _opener(path: Path) -> Callable[..., Any]:
    return gzip.open if path.suffix.lower() == ".gz" else open


def _find_separator(path: Path) -> str:
    """What takes the first line apart into the most names."""
    if path.name.lower().removesuffix(".gz").endswith(".tsv"):
        return "\t"
    with _opener(path)(path, "rb") as file:
        header = file.readline().decode("utf-8", errors="replace")

    def n_names(separator: str) -> int:
        return len(next(csv.reader([header], delimiter=separator), []))

    return max(_SEPARATORS, key=n_names)


def _find_undecodable(path: Path) -> int:
    """The number of the first line that is not UTF-8, counted from 1."""
    with _opener(path)(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1


DELIMITED = Format(
    "CSV (.csv, .csv.gz, .tsv, .tsv.gz)",
    ends_with(".csv", ".csv.gz", ".tsv", ".tsv.gz"),
    read_delimited,
)
