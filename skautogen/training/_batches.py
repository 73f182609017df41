"""Shuffled batches as Keras takes them, the same on each of its backends."""

from __future__ import annotations

import math

import numpy as np

from .._backend import load_keras
from ._rows import Rows, epoch_order

keras = load_keras()


class ShuffledBatches(keras.utils.PyDataset):  # type: ignore[name-defined]
    """Batches of rows in an order that a seed fixes, another one each epoch.

    Keras' own shuffling draws from global state.

    Parameters
    ----------
    rows : Rows
        With ``y`` encoded as the network wants it.
    batch_size : int
    seed : int
    """

    def __init__(self, rows: Rows, batch_size: int, seed: int) -> None:
        super().__init__()
        self._rows = rows
        self._batch_size = batch_size
        self._seed = seed
        self.draw_order(0)

    def __len__(self) -> int:
        return math.ceil(len(self._rows) / self._batch_size)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        start = index * self._batch_size
        taken = self._order[start : start + self._batch_size]
        rows = self._rows
        return rows.X[taken], rows.y[taken], rows.weight[taken]

    def draw_order(self, epoch: int, logs: object = None) -> None:
        """Put the rows in the order of an epoch.

        To be called as a callback's ``on_epoch_begin``: Keras calls the hooks of a
        ``PyDataset`` a varying number of times before the first epoch.
        """
        self._order = epoch_order(self._seed, epoch, len(self._rows))
