"""The rows of a group of trainings, once on the device; models take them by number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from keras import ops

from .._rows import Rows
from ._state import Data


class Table:
    """Rows of several trainings, put under one another.

    Folds have rows of their own, since each is prepared on its own training rows. They
    may differ in width, by the categories that a fold lacks: the narrower are padded.

    Parameters
    ----------
    parts : sequence of Rows
    shape : tuple of int
        Of a row.

    Attributes
    ----------
    data : Data
        On the device.
    """

    def __init__(self, parts: Sequence[Rows], shape: tuple[int, ...]) -> None:
        self._parts = parts  # so that no id is given away while this lives
        ends = np.cumsum([0, *map(len, parts)])
        self._first = dict(zip(map(id, parts), ends[:-1].tolist(), strict=True))
        self.data = Data(
            X=_on_device([_widened(each.X, shape) for each in parts]),
            y=_on_device([each.y for each in parts]),
            weight=_on_device([each.weight for each in parts]),
        )

    def numbers(self, rows: Rows | None) -> np.ndarray:
        """The numbers of a training's rows."""
        if rows is None:
            return np.empty(0, dtype=np.int32)
        return self._first[id(rows)] + np.arange(len(rows), dtype=np.int32)


class Tables:
    """Tables, each made once: candidates that prepare and select alike share them."""

    def __init__(self) -> None:
        self._tables: dict[tuple[object, ...], Table] = {}

    def of(self, rows: Sequence[Rows | None], shape: tuple[int, ...]) -> Table:
        """The table of the given rows."""
        parts = list({id(each): each for each in rows if each is not None}.values())
        key = *map(id, parts), shape
        if key not in self._tables:
            self._tables[key] = Table(parts, shape)
        return self._tables[key]


def _widened(X: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Rows of the shape, zeros where they had none."""
    if X.shape[1:] == shape:
        return X
    missing = zip(X.shape[1:], shape, strict=True)
    return np.pad(X, [(0, 0), *((0, wanted - there) for there, wanted in missing)])


def _on_device(parts: Sequence[np.ndarray]) -> object:
    whole = np.concatenate(parts).astype("float32", copy=False)
    missing = _round_up(len(whole)) - len(whole)
    padding = [(0, missing)] + [(0, 0)] * (whole.ndim - 1)
    return ops.convert_to_tensor(np.pad(whole, padding))


def _round_up(n: int) -> int:
    """To one of eight sizes an octave: folds that differ by a row are of one shape."""
    step = 2 ** max(0, n.bit_length() - 4)
    return -(-n // step) * step
