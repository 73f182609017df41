"""How much each hyper-parameter mattered to the scores of a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ._candidates import read_trace
from ._hyperparameters import HyperParameter, read_hyperparameters
from ._leaderboard import check_refit_metric

if TYPE_CHECKING:
    import pandas as pd

# Under so many candidates with a score nothing is said.
FEWEST_CANDIDATES = 10
# Of forests, each on all candidates but those of one part; several divisions, whose
# differences say how sure the numbers are.
_N_TREES, _N_PARTS, _N_DIVISIONS = 40, 5, 3
# Values of others that a candidate is given, which bounds time and memory.
_MOST_VALUES = 50


def param_importances(
    cv_results: Mapping[str, Any], *, refit_metric: str = "score"
) -> pd.DataFrame:
    """Estimate how much each hyper-parameter mattered to the score.

    Choose it to learn which hyper-parameters are worth a finer search, and which can be
    left alone. A number near 0 means that its values did about equally well *within the
    range that was searched*.

    Parameters
    ----------
    cv_results : dict
        The ``cv_results_`` of a fitted scikit-learn search.
    refit_metric : str, default="score"
        The metric that is explained, as in `leaderboard`.

    Returns
    -------
    pandas.DataFrame of shape (n_hyperparameters, 2)
        The most important first; hyper-parameters in which candidates differ. Columns:
        ``importance``, the share of the variance of the scores that is due to the
        hyper-parameter, alone and together with others, and ``std``, its deviation
        over divisions of the candidates. What two do together counts for both, and
        what cannot be told for none: shares need not add up to 1. ``attrs["r2"]`` is
        how much can be told when all are known: R2 on candidates left out.

    Raises
    ------
    ValueError
        If there is too little to tell from: fewer than 10 candidates with a score,
        all of one score, or no hyper-parameter in which they differ; or if the scores
        cannot be told from the hyper-parameters, so that no importance can be trusted.

    See Also
    --------
    plot_param_importances : The same as a picture, which says so instead of raising.

    Notes
    -----
    Random forests learn to tell the score from the hyper-parameters, each without a
    fifth of the candidates. Of these, one hyper-parameter after another is given the
    values of other candidates in turn. Half of the rise of the squared error is its
    importance: permutation importance, which is twice the total Sobol index where
    hyper-parameters are drawn independently (Gregorutti et al.). Scores that
    are far below the others are raised to a fence (1.5 interquartile ranges below the
    lower quartile), or a single disaster would be all there is to tell. Of a halving
    search, the candidates of the first round are compared: they have all been given
    the same resource.

    Hyper-parameters that were always changed together, as in a list of several spaces,
    share their importance. Names of which nearly every candidate has one of its own
    are left out: nothing is to be compared. Of structures of networks there are the
    number of blocks, their kinds, their units or filters, and the stem.

    References
    ----------
    L. Breiman, "Random Forests", Machine Learning 45, 2001. B. Gregorutti, B. Michel,
    P. Saint-Pierre, "Correlation and Variable Importance in Random Forests",
    Statistics and Computing 27, 2017.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import GridSearchCV
    >>> from sklearn.svm import SVC
    >>> from skautogen.report import param_importances
    >>> X, y = load_iris(return_X_y=True)
    >>> grid = {"C": [1e-3, 1e-2, 0.1, 1, 10, 100], "shrinking": [True, False]}
    >>> search = GridSearchCV(SVC(), grid, cv=3).fit(X, y)
    >>> table = param_importances(search.cv_results_)
    >>> table.index.tolist(), bool(table["importance"]["C"] > 0.5)
    (['C', 'shrinking'], True)
    """
    found = estimate_importances(cv_results, refit_metric)
    if found.table is None:
        raise ValueError(f"No importances of hyper-parameters: {found.why_not}.")
    return found.table


@dataclass(frozen=True)
class Importances:
    """What could be told.

    Attributes
    ----------
    table : pandas.DataFrame or None
        As :func:`param_importances` returns it.
    why_not : str
        Why there is no table; empty if there is.
    n_candidates : int
        How many were compared.
    left_out : tuple of str
        Hyper-parameters of which nearly every candidate has a value of its own.
    """

    table: pd.DataFrame | None
    why_not: str
    n_candidates: int
    left_out: tuple[str, ...] = ()


def estimate_importances(
    cv_results: Mapping[str, Any], refit_metric: str
) -> Importances:
    """Estimate the importances, or say why that cannot be done.

    Parameters
    ----------
    cv_results : dict
    refit_metric : str

    Returns
    -------
    importances : Importances
    """
    check_refit_metric(cv_results, refit_metric)
    trace = read_trace(cv_results, refit_metric)
    taken = np.flatnonzero(np.isfinite(trace.score) & (trace.rounds == 0))
    score = trace.score[taken]
    score = _without_outliers(score)
    compared = [each.of(taken) for each in read_hyperparameters(cv_results)]
    left_out = tuple(each.name for each in compared if each.is_all_distinct)
    varied = [each for each in compared if each.varies and not each.is_all_distinct]
    why_not = _why_not(score, varied, left_out)
    if why_not:
        return Importances(None, why_not, len(score), left_out)
    values = np.column_stack([_as_numbers(each) for each in varied])
    r2, rises = _measure(values, score)
    if r2 <= 0:
        why_not = (
            f"the scores of the {len(score)} candidates cannot be told from their "
            "hyper-parameters, so the differences may as well be chance"
        )
        return Importances(None, why_not, len(score), left_out)
    return Importances(_as_table(varied, rises, r2), "", len(score), left_out)


def _without_outliers(score: np.ndarray) -> np.ndarray:
    """Raise scores that are far below the others to Tukey's fence."""
    if not len(score):
        return score
    lower, upper = np.quantile(score, [0.25, 0.75])
    fence = lower - 1.5 * (upper - lower)
    return np.maximum(score, fence) if upper > lower else score


def _why_not(
    score: np.ndarray, varied: Sequence[HyperParameter], left_out: Sequence[str]
) -> str:
    """Why there is too little to tell from; empty if there is enough."""
    if len(score) < FEWEST_CANDIDATES:
        return (
            f"too few candidates to tell: {len(score)} with a score, and at least "
            f"{FEWEST_CANDIDATES} are needed"
        )
    if not varied and left_out:
        return f"nearly every candidate has a value of its own of {', '.join(left_out)}"
    if not varied:
        return "all candidates had the same hyper-parameters"
    return "all candidates had the same score" if np.ptp(score) == 0 else ""


def _as_numbers(parameter: HyperParameter) -> np.ndarray:
    """Values as a forest takes them: NaN where not set, names numbered."""
    if parameter.is_numeric:
        return parameter.numbers
    _, numbers = np.unique(parameter.names.astype(str), return_inverse=True)
    return np.asarray(numbers, dtype=float)


def _measure(values: np.ndarray, score: np.ndarray) -> tuple[float, np.ndarray]:
    """How much can be told, and by how much the error rises without each.

    Parameters
    ----------
    values : ndarray of shape (n, p)
    score : ndarray of shape (n,)

    Returns
    -------
    r2 : float
    rises : ndarray of shape (n_divisions, p)
        Half of it, as shares of the variance of the scores.
    """
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.model_selection import KFold

    p = values.shape[1]
    errors, rises = np.zeros(_N_DIVISIONS), np.zeros((_N_DIVISIONS, p))
    for division in range(_N_DIVISIONS):
        parts = KFold(_N_PARTS, shuffle=True, random_state=division)
        others = np.random.default_rng(division).permutation(values)[:_MOST_VALUES]
        for learnt, left_out in parts.split(values):
            forest = RandomForestRegressor(_N_TREES, random_state=division)
            forest.fit(values[learnt], score[learnt])
            own, truth = values[left_out], score[left_out]
            error = np.square(forest.predict(own) - truth)
            # (column, candidate, value of another, column)
            mixed = np.tile(own[:, None, :], (p, 1, len(others), 1))
            columns = np.arange(p)
            mixed[columns, :, :, columns] = others.T[:, None, :]
            told = forest.predict(mixed.reshape(-1, p)).reshape(mixed.shape[:3])
            blind = np.square(told - truth[:, None]).mean(axis=2)
            errors[division] += error.sum()
            rises[division] += (blind - error).sum(axis=1) / 2
    total = np.square(score - score.mean()).sum()
    return float(1 - errors.mean() / total), rises / total


def _as_table(
    varied: Sequence[HyperParameter], rises: np.ndarray, r2: float
) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(
        {"importance": rises.mean(axis=0), "std": rises.std(axis=0)},
        index=pd.Index([each.name for each in varied], name="hyperparameter"),
    ).sort_values("importance", ascending=False, kind="stable")
    table.attrs["r2"] = r2
    return table
