"""The rows of a plan, once on the device; models take theirs by number."""

from __future__ import annotations

import numpy as np
from keras import ops

from .._rows import Rows
from ._state import Data


class Tables:
    """Tables of rows, put under one another: one for each shape of a row.

    Folds have tables of their own, since each is prepared on its own training rows;
    candidates that prepare and select alike share them.
    """

    def __init__(self) -> None:
        self._tables: dict[tuple[int, ...], list[Rows]] = {}
        self._first: dict[int, int] = {}
        self._on_device: dict[tuple[int, ...], Data] = {}

    def add(self, rows: Rows | None) -> None:
        """Add a table, unless it is there."""
        if rows is None or id(rows) in self._first:
            return
        shape = rows.X.shape[1:]
        tables = self._tables.setdefault(shape, [])
        self._first[id(rows)] = sum(map(len, tables))
        tables.append(rows)
        self._on_device.pop(shape, None)

    def numbers(self, rows: Rows | None) -> np.ndarray:
        """The numbers of a table's rows."""
        if rows is None:
            return np.empty(0, dtype=np.int32)
        return self._first[id(rows)] + np.arange(len(rows), dtype=np.int32)

    def data(self, shape: tuple[int, ...]) -> Data:
        """All rows of a shape, on the device."""
        if shape not in self._on_device:
            columns = zip(
                *((each.X, each.y, each.weight) for each in self._tables[shape]),
                strict=True,
            )
            self._on_device[shape] = Data(*(_on_device(each) for each in columns))
        return self._on_device[shape]


def _on_device(parts: tuple[np.ndarray, ...]) -> object:
    whole = np.concatenate(parts).astype("float32", copy=False)
    missing = _round_up(len(whole)) - len(whole)
    padding = [(0, missing)] + [(0, 0)] * (whole.ndim - 1)
    return ops.convert_to_tensor(np.pad(whole, padding))


def _round_up(n: int) -> int:
    """To one of eight sizes an octave: folds that differ by a row are of one shape."""
    step = 2 ** max(0, n.bit_length() - 4)
    return -(-n // step) * step
