"""What a selection strategy is given, and what it answers.

A strategy is a function ``strategy(problem: SelectionProblem) -> Selection`` in a file
of its own, and one line in ``METHODS`` of ``_selector.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class SelectionProblem:
    """The question which features to keep, checked and ready for a strategy.

    Attributes
    ----------
    X : ndarray of shape (n_samples, n_features), float32
        Finite, without the rows that weigh nothing.
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
        The numbers 0 to n_classes - 1, or float64 targets.
    sample_weight : ndarray of shape (n_samples,) or None
        Positive weights of the rows. A weight of two is as much as the row twice.
    is_classification : bool
        Whether ``y`` are classes.
    n_keep : int
        How many features to keep, from 1 to n_features.
    score_func : str
        Name of the score, for strategies that score features one by one.
    random_state : int, RandomState instance or None
        Source of chance.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.selection import SelectionProblem
    >>> X = np.zeros((4, 2), dtype=np.float32)
    >>> problem = SelectionProblem(X, np.array([0, 0, 1, 1]), n_keep=1)
    >>> problem.is_classification
    True
    """

    X: np.ndarray
    y: np.ndarray
    n_keep: int
    sample_weight: np.ndarray | None = None
    is_classification: bool = True
    score_func: str = "f_test"
    random_state: int | np.random.RandomState | None = None


@dataclass(frozen=True)
class Selection:
    """Which features to keep, and what that was decided by.

    Attributes
    ----------
    support : ndarray of shape (n_features,), bool
        True for the features to keep.
    scores : ndarray of shape (n_features,) or None
        Score of each feature, higher is better, NaN where there is none.
    ranking : ndarray of shape (n_features,) or None
        1 for the features kept, higher the earlier a feature was eliminated.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.selection import Selection
    >>> Selection(np.array([True, False]), ranking=np.array([1, 2])).scores is None
    True
    """

    support: np.ndarray
    scores: np.ndarray | None = None
    ranking: np.ndarray | None = None
