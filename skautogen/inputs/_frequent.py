"""Numbers that stand out: the frequent values of columns that are mostly one value.

Amounts that are mostly 0, such as gains, losses and counts, often hold values that mean
something of their own. To a scaled number their neighbours look the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# A value is frequent that so many rows have, and so large a share of them; of each
# column the most frequent are told. Found on development tables (docs/quality.md).
_FEWEST_ROWS, _SMALLEST_SHARE, _MOST_VALUES = 10, 0.0005, 40
# Tables of hundreds of such columns, such as pictures, would grow without bound.
_MOST_IN_ALL = 256


@dataclass(frozen=True)
class FrequentValues:
    """Values that have an indicator.

    Attributes
    ----------
    columns : ndarray of int of shape (k,)
        Of which column each is.
    values : ndarray of shape (k,)
    """

    columns: np.ndarray
    values: np.ndarray

    @property
    def suffixes(self) -> list[str]:
        """What each indicator is called after the name of its column."""
        return [f"_{value:.12g}" for value in self.values]

    def indicate(self, raw: np.ndarray) -> np.ndarray:
        """Whether each row has each value, of shape (n, k)."""
        has: np.ndarray = raw[:, self.columns] == self.values
        return has


def find_frequent(raw: np.ndarray, is_spiked: np.ndarray) -> FrequentValues:
    """Find the frequent values.

    Parameters
    ----------
    raw : ndarray of shape (n, d)
        May hold NaN and infinities.
    is_spiked : ndarray of bool of shape (d,)
        The columns to look at.

    Returns
    -------
    frequent : FrequentValues
        None of columns with two values only, which are indicators already.
    """
    columns, values = [np.empty(0, dtype=int)], [np.empty(0)]
    frequencies = [np.empty(0, dtype=int)]
    fewest = max(_FEWEST_ROWS, _SMALLEST_SHARE * len(raw))
    for index in np.flatnonzero(is_spiked):
        column = raw[:, index]
        distinct, counts = np.unique(column[np.isfinite(column)], return_counts=True)
        if len(distinct) <= 2:
            continue
        by_frequency = np.argsort(-counts, kind="stable")[:_MOST_VALUES]
        chosen = np.sort(by_frequency[counts[by_frequency] >= fewest])
        columns.append(np.full(len(chosen), index))
        values.append(distinct[chosen])
        frequencies.append(counts[chosen])
    by_frequency = np.argsort(-np.concatenate(frequencies), kind="stable")
    kept = np.sort(by_frequency[:_MOST_IN_ALL])
    return FrequentValues(np.concatenate(columns)[kept], np.concatenate(values)[kept])
