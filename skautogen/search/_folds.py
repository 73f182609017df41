"""The folds of a search, when the user leaves them open and when not."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold, check_cv

MOST_FOLDS = 5


def make_folds(
    cv: Any, y: np.ndarray, *, classifier: bool, most: int = MOST_FOLDS
) -> Any:
    """Make the splitter of a search.

    Parameters
    ----------
    cv : int, cross-validation splitter, iterable or None
        As in scikit-learn, but for ``None``: stratified for a classifier, and fewer
        folds than ``most`` where the smallest class has fewer rows.
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    classifier : bool
    most : int, default=5
        Folds, where ``cv`` leaves them open.

    Returns
    -------
    splitter : object
        With ``split`` and ``get_n_splits``.

    Raises
    ------
    ValueError
        If there are fewer rows than folds.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.search import make_folds
    >>> make_folds(None, np.array(["a", "a", "a", "b", "b", "b"]), classifier=True)
    StratifiedKFold(n_splits=3, random_state=None, shuffle=False)
    """
    n_folds = 2 if cv is None else cv
    if isinstance(n_folds, (int, np.integer)) and len(y) < n_folds:
        raise ValueError(
            f"A search with {n_folds} folds needs at least {n_folds} rows; got "
            f"n_samples={len(y)}. Give more rows, or a smaller cv."
        )
    if cv is not None:
        return check_cv(cv, y, classifier=classifier)
    if not classifier:
        return KFold(min(most, len(y)))
    smallest = int(np.unique(y, return_counts=True)[1].min())
    if smallest < 2:
        # A class of a single row is in one fold only, stratified or not.
        return KFold(min(most, len(y)), shuffle=True, random_state=0)
    return StratifiedKFold(min(most, smallest))
