"""The strategy "rfe": eliminate the least important features, a part at a time.

Networks have no importances to eliminate by, so an ensemble of extremely randomised
trees ranks in their place. ``docs/feature_selection.md`` has the measurements that
chose it, and the step.
"""

from __future__ import annotations

import numpy as np
from sklearn import config_context
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor
from sklearn.feature_selection import RFE

from ._strategy import Selection, SelectionProblem

# Part of all features that is eliminated before the rest is ranked anew.
STEP = 0.25

# With half as many, features that tell only together are missed now and then.
N_TREES = 100

# Rows that a tree sees at most, drawn anew for each tree: 15 000 rows take a quarter of
# the time that way, and were ranked as well.
MAX_ROWS_PER_TREE = 2000


def select_recursively(problem: SelectionProblem) -> Selection:
    """Keep the features that are left by recursive elimination, with ``RFE``.

    Slower than "kbest", but it finds features that tell something only together, and
    those that a stronger one hides.

    Parameters
    ----------
    problem : SelectionProblem

    Returns
    -------
    selection : Selection
        With ``ranking``.

    References
    ----------
    .. [1] Guyon, I., Weston, J., Barnhill, S., Vapnik, V.: Gene selection for cancer
           classification using support vector machines. Machine Learning 46 (2002).
    .. [2] Geurts, P., Ernst, D., Wehenkel, L.: Extremely randomized trees. Machine
           Learning 63 (2006).

    Examples
    --------
    The class is told by the signs of two features together: neither tells it alone.

    >>> import numpy as np
    >>> from skautogen.selection import SelectionProblem
    >>> from skautogen.selection._rfe import select_recursively
    >>> X = np.random.default_rng(0).normal(size=(300, 6))
    >>> y = (X[:, 1] * X[:, 4] > 0).astype(int)
    >>> problem = SelectionProblem(X, y, n_keep=2, random_state=0)
    >>> select_recursively(problem).support
    array([False,  True, False, False,  True, False])
    """
    n_features = problem.X.shape[1]
    if problem.n_keep == n_features:  # RFE would train the trees for nothing
        everything = np.ones(n_features, dtype=int)
        return Selection(everything.astype(bool), ranking=everything)
    trees = ranking_trees(
        len(problem.X), problem.is_classification, problem.random_state
    )
    rfe = RFE(trees, n_features_to_select=problem.n_keep, step=STEP)
    # The weights are for the trees, whatever the user's configuration routes to where.
    with config_context(enable_metadata_routing=False):
        rfe.fit(problem.X, _on_one_scale(problem), sample_weight=problem.sample_weight)
    return Selection(rfe.support_, ranking=rfe.ranking_)


def ranking_trees(
    n_samples: int,
    is_classification: bool,
    random_state: int | np.random.RandomState | None = None,
) -> ExtraTreesClassifier | ExtraTreesRegressor:
    """Make the ensemble whose importances rank the features.

    Parameters
    ----------
    n_samples : int
        Rows that it will be fitted on. From ``MAX_ROWS_PER_TREE`` on, each tree gets a
        sample of that many.
    is_classification : bool
        Whether the target are classes.
    random_state : int, RandomState instance or None, default=None
        Seeds the trees.

    Returns
    -------
    trees : ExtraTreesClassifier or ExtraTreesRegressor

    Examples
    --------
    >>> from skautogen.selection._rfe import ranking_trees
    >>> ranking_trees(500, is_classification=True).bootstrap
    False
    """
    Trees = ExtraTreesClassifier if is_classification else ExtraTreesRegressor
    is_long = n_samples > MAX_ROWS_PER_TREE
    return Trees(
        n_estimators=N_TREES,
        max_features=0.25,
        min_samples_leaf=3,
        bootstrap=is_long,
        max_samples=MAX_ROWS_PER_TREE if is_long else None,
        random_state=random_state,
    )


def _on_one_scale(problem: SelectionProblem) -> np.ndarray:
    """Give all outputs a deviation of one: trees add up their squared errors."""
    if problem.y.ndim == 1:
        return problem.y
    deviation = problem.y.std(axis=0)
    return problem.y / np.where(deviation > 0, deviation, 1)
