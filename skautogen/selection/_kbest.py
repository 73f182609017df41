"""The strategy "kbest": score each feature by itself, keep those that score best.

Notation: n rows, d features, c classes, k outputs; w (n,) the weights of the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from sklearn.feature_selection import (
    SelectKBest,
    mutual_info_classif,
    mutual_info_regression,
)

from ._strategy import Selection, SelectionProblem

# Features of no more distinct values are categories to the mutual information.
MAX_CATEGORIES = 10


def select_k_best(problem: SelectionProblem) -> Selection:
    """Keep the features that score best one by one, with ``SelectKBest``.

    The fastest strategy, and blind to features that tell something only together.

    Parameters
    ----------
    problem : SelectionProblem

    Returns
    -------
    selection : Selection
        With ``scores``. A constant feature scores NaN and comes last; of features that
        score the same the later one is kept, as in scikit-learn.

    Raises
    ------
    ValueError
        If ``score_func`` is "chi2" and ``y`` are no classes.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from skautogen.selection import SelectionProblem
    >>> from skautogen.selection._kbest import select_k_best
    >>> X, y = load_iris(return_X_y=True)
    >>> select_k_best(SelectionProblem(X, y, n_keep=2)).support
    array([False, False,  True,  True])
    """
    # The callable takes the (X, y) of SelectKBest and has the weights from the problem.
    score = partial(_scores_without_constants, problem=problem)
    k_best = SelectKBest(score, k=problem.n_keep).fit(problem.X, problem.y)
    return Selection(k_best.get_support(), scores=k_best.scores_)


def _scores_without_constants(
    X: np.ndarray, y: np.ndarray, problem: SelectionProblem
) -> np.ndarray:
    """Score the features that vary; the others get NaN, which SelectKBest puts last."""
    varies = X.min(axis=0) < X.max(axis=0)
    scores = np.full(X.shape[1], np.nan)
    if varies.any():
        # In single precision the sums of squares of a long column are not exact enough.
        X = X[:, varies].astype(np.float64)
        scores[varies] = SCORE_FUNCS[problem.score_func](X, y, problem)
    return scores


def _f_test(X: np.ndarray, y: np.ndarray, problem: SelectionProblem) -> np.ndarray:
    """F statistic: variance explained by the target over variance left.

    Own code, as the functions of scikit-learn take no weights; unweighted it is equal
    to them. For several outputs the share of variance explained is averaged before it
    becomes an F: that is by how much the feature alone, in a linear model, brings down
    the loss of a network on standardised outputs. Averaged ranks would let
    noise pass: a feature that tells all about one output of two, and nothing of the
    other, ranks no better on average than the luckiest of many noise features.
    """
    w = _weights(problem)
    X = X - np.average(X, axis=0, weights=w)
    if problem.is_classification:
        explained, n_parameters = _share_between_classes(X, y, w), int(y.max())
    else:
        explained, n_parameters = _share_of_outputs(X, y, w), 1
    # Rows, not weights: a score is to rank features, whatever the weights add up to.
    left_over = max(len(X) - n_parameters - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        # A feature that tells the target exactly scores infinity. Rounding may put
        # the share a little above one.
        scores: np.ndarray = explained / np.maximum(1 - explained, 0)
        return scores * (left_over / np.float64(n_parameters))


def _share_between_classes(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Share of the variance of the centred X that lies between the classes: (d,)."""
    sums = _sums_by_class(X * w[:, None], y)
    between = (sums**2 / _sums_by_class(w[:, None], y)).sum(axis=0)
    share: np.ndarray = between / (w @ X**2)
    return share


def _share_of_outputs(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Squared correlation of the centred X with y, averaged over the outputs: (d,)."""
    Y = y.reshape(len(y), -1)
    Y = Y[:, Y.min(axis=0) < Y.max(axis=0)]
    if Y.shape[1] == 0:  # nothing varies, nothing can be explained
        return np.zeros(X.shape[1])
    Y = Y - np.average(Y, axis=0, weights=w)
    products = X.T @ (Y * w[:, None])
    variances = np.outer(w @ X**2, w @ Y**2)
    share: np.ndarray = (products**2 / variances).mean(axis=1)
    return share


def _chi2(X: np.ndarray, y: np.ndarray, problem: SelectionProblem) -> np.ndarray:
    """Chi-squared statistic of the features, scaled to [0, 1], against the classes.

    Own code, as the function of scikit-learn takes no weights; unweighted it is equal
    to ``chi2(minmax_scale(X), y)``.
    """
    if not problem.is_classification:
        raise ValueError(
            "FeatureSelector: score_func='chi2' needs classes, and task='regression' "
            "has none. Use score_func='f_test' or 'mutual_info'."
        )
    w = _weights(problem)
    low, high = X.min(axis=0), X.max(axis=0)
    X = (X - low) / (high - low)
    observed = _sums_by_class(X * w[:, None], y)
    expected = _sums_by_class(w[:, None], y) / w.sum() * (w @ X)
    statistic: np.ndarray = ((observed - expected) ** 2 / expected).sum(axis=0)
    return statistic


def _mutual_info(X: np.ndarray, y: np.ndarray, problem: SelectionProblem) -> np.ndarray:
    """Mutual information with the target in nats, averaged over the outputs.

    The estimate counts neighbours, which have no weights: ``sample_weight`` only leaves
    out the rows that weigh nothing. Neighbours mean little among a few distinct values,
    so features with as few are counted as categories: a better estimate, and faster.
    """
    codes = np.column_stack([np.unique(each, return_inverse=True)[1] for each in X.T])
    is_category = codes.max(axis=0) < MAX_CATEGORIES
    X = np.where(is_category, codes, X)
    mutual_info = (
        mutual_info_classif if problem.is_classification else mutual_info_regression
    )
    estimate = partial(
        mutual_info, discrete_features=is_category, random_state=problem.random_state
    )
    outputs = y.reshape(len(y), -1).T
    information: np.ndarray = np.mean([estimate(X, each) for each in outputs], axis=0)
    return information


def _weights(problem: SelectionProblem) -> np.ndarray:
    if problem.sample_weight is None:
        return np.ones(len(problem.X))
    return problem.sample_weight


def _sums_by_class(values: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Add up the rows of each class: (n, d) -> (c, d)."""
    sums = np.zeros((int(y.max()) + 1, values.shape[1]))
    np.add.at(sums, y, values)
    return sums


SCORE_FUNCS: dict[
    str, Callable[[np.ndarray, np.ndarray, SelectionProblem], np.ndarray]
] = {
    "f_test": _f_test,
    "chi2": _chi2,
    "mutual_info": _mutual_info,
}
