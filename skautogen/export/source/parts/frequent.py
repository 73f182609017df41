"""A function of generated files."""

import numpy as np


def find_frequent(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the frequent values of columns that are mostly one value.

    Amounts that are mostly 0 often hold values that mean something of their own.

    Returns the columns and the values.
    """
    fewest = max(10, 0.0005 * len(numbers))
    found = []
    for column, values in enumerate(numbers.T):
        finite = values[np.isfinite(values)]
        distinct, counts = np.unique(finite, return_counts=True)
        if len(distinct) <= 2:
            continue
        low, high = np.percentile(finite, [25, 75])
        if low == high:
            most = np.argsort(-counts, kind="stable")[:40]
            found += [(column, distinct[k], counts[k]) for k in most]
    found = [each for each in found if each[2] >= fewest]
    # At most 256 in all, the most frequent.
    found = sorted(sorted(found, key=lambda each: (-each[2], *each[:2]))[:256])
    columns = np.array([column for column, _, _ in found], dtype=int)
    return columns, np.array([value for _, value, _ in found])
