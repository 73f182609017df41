"""Whether weights leave anything to learn from."""

from __future__ import annotations

import numpy as np


def check_not_all_zero(sample_weight: np.ndarray) -> None:
    """Refuse weights that leave no row.

    Parameters
    ----------
    sample_weight : ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        If all are 0.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs._weights import check_not_all_zero
    >>> check_not_all_zero(np.array([0, 1]))
    """
    if not sample_weight.any():
        raise ValueError(
            "sample_weight must not be all zero: no row would be left. Give at least "
            "one row a weight above 0."
        )
