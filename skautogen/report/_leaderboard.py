"""The table of all candidates of a search, best first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Columns = dict[str, Any]


def leaderboard(
    cv_results: Mapping[str, Any],
    refit_metric: str = "score",
    ensemble_weights: Mapping[int, float] | None = None,
) -> pd.DataFrame:
    """Rank the candidates of a search in a table, best first.

    scikit-learn's ``cv_results_`` holds everything, in the order in which it was
    tried and with a column for every fold. This is the table to read: which settings
    won, by how much compared with the spread over the folds, and at what cost.

    Parameters
    ----------
    cv_results : dict
        The ``cv_results_`` of a fitted `GridSearchCV`, `RandomizedSearchCV`,
        `HalvingGridSearchCV`, `HalvingRandomSearchCV` or of a search derived from
        them, with one metric or several.
    refit_metric : str, default="score"
        The metric to rank by. With several metrics, one of their names; with one
        metric scikit-learn calls it ``"score"``.
    ensemble_weights : dict of int -> float, default=None
        The share that rows of `cv_results` have in an ensemble.

    Returns
    -------
    pandas.DataFrame of shape (n_candidates, n_columns)
        One row for each row of ``cv_results_``. The index, named ``candidate``, is
        the number of that row, so that ``cv_results_["params"][table.index[0]]`` are
        the winner's parameters. The columns, in this order:

        - ``rank`` (int): 1 is the best, equal scores share a rank.
        - ``score`` (float): mean over the folds of `refit_metric` on the data held
          out; greater is better. NaN if a fold failed: such candidates come last.
        - ``score_std`` (float): its standard deviation over the folds. A difference
          between two candidates that is much smaller than this may be chance.
        - one column for the mean of each further metric, under the metric's name.
        - one column for each hyper-parameter, under its own name; missing (NaN)
          where a candidate does not have this hyper-parameter.
        - ``iter`` and ``n_resources`` (int), only for a halving search: the round in
          which this row was scored, and with how much of the resource.
        - ``n_epochs`` (float), only for a search that tells: mean number of epochs
          that a fold was trained for, after early stopping and what a time limit
          allowed.
        - ``fit_seconds`` (float): mean time of training on one fold.
        - ``predict_seconds`` (float): mean time of answering the rows that one fold
          held out, scoring included. An ensemble takes the sum over its candidates.
        - ``ensemble_weight`` (float), only where they are given: the candidate's share
          in the ensemble, 0 for those that are not in it.
        - ``failed_folds`` (int): number of folds without a score. Always 0 where the
          search was given a number as its ``error_score``.
        - ``cut_short`` (bool), only where there are such: whether a time limit ended
          trainings before their last epoch. More epochs might have scored better.

        A metric or hyper-parameter whose name is taken by a column to its left, or by
        one of the columns listed above, keeps its name in ``cv_results_``
        (``param_rank``).

    Raises
    ------
    ValueError
        If `refit_metric` is not a metric of `cv_results`.

    Notes
    -----
    A halving search scores a candidate again in each round that it reaches, with more
    of the resource (rows, epochs) each time, and picks the winner in the last round.
    scikit-learn's own ``rank_test_score`` compares the scores of all rounds although
    a score found on few rows is not comparable with one found on many. Here later
    rounds come first and ranks are counted in that order, so rank 1 is the candidate
    that the search picked.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import GridSearchCV
    >>> from sklearn.svm import SVC
    >>> from skautogen.report import leaderboard
    >>> X, y = load_iris(return_X_y=True)
    >>> grid = [
    ...     {"kernel": ["linear"], "C": [0.01, 1.0]},
    ...     {"kernel": ["rbf"], "C": [1.0], "gamma": [0.1, 10.0]},
    ... ]
    >>> search = GridSearchCV(SVC(), grid, cv=5).fit(X, y)
    >>> table = leaderboard(search.cv_results_)
    >>> table = table[["rank", "score", "score_std", "C", "kernel", "gamma"]]
    >>> table.round(3)  # doctest: +NORMALIZE_WHITESPACE
               rank  score  score_std     C  kernel  gamma
    candidate
    1             1   0.98      0.016  1.00  linear    NaN
    2             1   0.98      0.016  1.00     rbf    0.1
    3             3   0.94      0.049  1.00     rbf   10.0
    0             4   0.92      0.040  0.01  linear    NaN

    It reads: candidates 1 and 2 are equally good, 98 % of the rows right. They are
    0.04 ahead of candidate 3, less than that candidate's score varies from fold to
    fold (0.049): better, but not beyond doubt. ``gamma`` is missing where the search
    did not set it.

    >>> search.cv_results_["params"][table.index[0]]
    {'C': 1.0, 'kernel': 'linear'}
    """
    import pandas as pd

    further_metrics = check_refit_metric(cv_results, refit_metric)
    scores = _score_columns(cv_results, refit_metric)
    costs = _cost_columns(cv_results, refit_metric)
    if ensemble_weights is not None:
        n_rows = len(scores["score"])
        shares = [ensemble_weights.get(row, 0.0) for row in range(n_rows)]
        costs["ensemble_weight"] = shares
    taken = {*scores, *costs}
    metrics = _renamed(cv_results, "mean_test_", further_metrics, taken)
    params = _renamed(cv_results, "param_", _param_names(cv_results), taken)

    columns = {**scores, **metrics, **params, **costs}
    table = pd.DataFrame({name: pd.Series(col) for name, col in columns.items()})
    table.index.name = "candidate"
    return table.sort_values("rank", kind="stable")


def check_refit_metric(cv_results: Mapping[str, Any], refit_metric: str) -> list[str]:
    """Check that a search has a metric and return the names of its other metrics.

    Parameters
    ----------
    cv_results : dict
        The ``cv_results_`` of a search.
    refit_metric : str
        The name of the metric that is wanted.

    Returns
    -------
    list of str
        The metrics other than `refit_metric`, in their order in `cv_results`.

    Raises
    ------
    ValueError
        If `cv_results` has no mean test score of that name.

    Examples
    --------
    >>> from skautogen.report._leaderboard import check_refit_metric
    >>> check_refit_metric({"mean_test_r2": [0.5], "mean_test_max_error": [3]}, "r2")
    ['max_error']
    """
    metrics = _names_after("mean_test_", cv_results)
    if refit_metric not in metrics:
        raise ValueError(
            f"refit_metric={refit_metric!r} is not a metric of these cv_results_; "
            f"accepted are {metrics}. Pass the name given as refit to the search, or "
            "'score' for a search with one metric."
        )
    return [metric for metric in metrics if metric != refit_metric]


def _score_columns(cv_results: Mapping[str, Any], metric: str) -> Columns:
    return {
        "rank": _ranks(cv_results, metric),
        "score": cv_results[f"mean_test_{metric}"],
        "score_std": cv_results[f"std_test_{metric}"],
    }


def _cost_columns(cv_results: Mapping[str, Any], metric: str) -> Columns:
    def if_there(*names: str) -> Columns:
        return {name: cv_results[name] for name in names if name in cv_results}

    return {
        **if_there("iter", "n_resources", "n_epochs"),
        "fit_seconds": cv_results["mean_fit_time"],
        "predict_seconds": cv_results["mean_score_time"],
        "failed_folds": _failed_folds(cv_results, metric),
        **if_there("cut_short"),
    }


def _ranks(cv_results: Mapping[str, Any], metric: str) -> pd.Series:
    """Rank scored before failed, later rounds of a halving search before earlier."""
    import pandas as pd

    score = np.asarray(cv_results[f"mean_test_{metric}"])
    keys = pd.DataFrame(
        {
            "failed": np.isnan(score),
            "rounds_to_go": -np.asarray(cv_results.get("iter", np.zeros(len(score)))),
            "rank": cv_results[f"rank_test_{metric}"],
        }
    )
    position = keys.groupby(list(keys), sort=True).ngroup()
    return position.rank(method="min").astype(np.int64)


def _failed_folds(cv_results: Mapping[str, Any], metric: str) -> np.ndarray:
    is_fold = re.compile(rf"split\d+_test_{re.escape(metric)}").fullmatch
    folds = np.array([cv_results[key] for key in cv_results if is_fold(key)])
    return np.asarray(np.isnan(folds).sum(axis=0))


def _param_names(cv_results: Mapping[str, Any]) -> list[str]:
    return _names_after("param_", cv_results)


def _names_after(prefix: str, cv_results: Mapping[str, Any]) -> list[str]:
    return [key[len(prefix) :] for key in cv_results if key.startswith(prefix)]


def _renamed(
    cv_results: Mapping[str, Any], prefix: str, names: list[str], taken: set[str]
) -> Columns:
    """Columns without their prefix, unless that name is taken; updates `taken`."""
    columns = {}
    for name in names:
        key = prefix + name
        columns[key if name in taken else name] = cv_results[key]
    taken.update(columns)
    return columns
