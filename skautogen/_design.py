"""The search that the parameters of an estimator describe, for the data it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import is_classifier
from sklearn.utils import check_random_state

from ._backend import n_gpus
from ._scoring import first_metric

if TYPE_CHECKING:
    from ._estimator import BaseAutoGen
    from .architectures import Architecture
    from .inputs import InputKind
    from .search import Effort, Strategy
    from .training import NetworkPipeline

_MAX_SEED = np.iinfo(np.int32).max
# Where the splitter does not say how many it makes before it has seen the data.
_USUAL_FOLDS = 5
# Candidates of a strategy that learns from them, by what they cost; and of one that a
# time limit ends.
_FEWEST_PROPOSED = {"table": 40, "others": 12}
_NO_END = 10_000


def design_search(
    estimator: BaseAutoGen, kind: InputKind, X: Any, y: np.ndarray
) -> Any:
    """Make the search of scikit-learn's that ``search`` names.

    Parameters
    ----------
    estimator : BaseAutoGen
        That has checked its parameters and data.
    kind : InputKind
        Of X.
    X : array-like of shape (n_samples, ...)
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)

    Returns
    -------
    search : PlannedSearch
        Not fitted.
    """
    from .architectures import find_architectures
    from .search import get_strategy, make_folds

    # None draws from nobody's sequence: NumPy's global state stays as it was.
    random_state = estimator.random_state
    if random_state is None:
        random_state = np.random.RandomState()
    seed = int(check_random_state(random_state).randint(_MAX_SEED))
    strategy = get_strategy(estimator.search)
    architectures: Mapping[Any, Architecture] = find_architectures(
        estimator.architecture,
        kind.name,
        classifier=is_classifier(estimator),
        searches_structures=strategy.searches_structures,
    )
    _check_listed(estimator.param_space, kind)
    space, first, architectures = _resolve(
        estimator, architectures, strategy, kind, seed
    )
    pipeline = _make_pipeline(estimator, kind, next(iter(architectures)), seed)
    folds = make_folds(estimator.cv, y, classifier=is_classifier(estimator))
    plan = _plan_for_table if kind.has_columns else _plan_for_others
    effort = plan(estimator, architectures, first, _count(folds), pipeline, X, y)
    if estimator.cv is None and effort.n_folds < _count(folds):
        folds = make_folds(
            None, y, classifier=is_classifier(estimator), most=effort.n_folds
        )
    pipeline.set_params(epochs=effort.epochs)
    scoring = estimator.scoring
    if scoring is None:
        scoring = estimator._default_scoring
    search = strategy.make(
        pipeline,
        space,
        n_iter=_n_iter(estimator, kind, strategy, effort),
        cv=folds,
        scoring=scoring,
        refit=first_metric(scoring),
        random_state=seed,
        error_score=np.nan,
    )
    search.try_first(first)
    return search


def _resolve(
    estimator: BaseAutoGen,
    architectures: Mapping[Any, Architecture],
    strategy: Strategy,
    kind: InputKind,
    seed: int,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], Mapping[Any, Architecture]]:
    """What is searched over, what is tried first, and what is left of architectures."""
    from .search import (
        CandidateSpace,
        NarrowedSpace,
        first_candidates,
        resolve_space,
    )

    given = estimator.param_space
    selects = isinstance(estimator.feature_selection, str)
    resolve = partial(
        resolve_space,
        which=strategy.space,
        selects=selects,
        has_columns=kind.has_columns,
    )
    is_narrowed = isinstance(given, NarrowedSpace)
    if is_narrowed:
        given.check()
    space = resolve(given, architectures)
    if is_narrowed:
        architectures = {
            name: given.narrow(each, seed) for name, each in architectures.items()
        }
        space = resolve(None, architectures)
    strategy.check(CandidateSpace(space))
    first: list[dict[str, Any]] = []
    if strategy.draws and (given is None or is_narrowed):
        first = first_candidates(architectures, selects=selects)
    return space, first, architectures


def _n_iter(
    estimator: BaseAutoGen, kind: InputKind, strategy: Strategy, effort: Effort
) -> int:
    """How many candidates are tried: the user's number, or what suits the strategy."""
    if estimator.n_iter is not None:
        return estimator.n_iter
    if not strategy.proposes:
        return effort.n_iter
    if estimator.time_limit is not None:  # until the time is up
        return _NO_END
    fewest = _FEWEST_PROPOSED["table" if kind.has_columns else "others"]
    return max(effort.n_iter, fewest)


def _make_pipeline(
    estimator: BaseAutoGen, kind: InputKind, architecture: Any, seed: int
) -> NetworkPipeline:
    from .selection import FeatureSelector, KeepAll
    from .training import make_network_pipeline

    network = estimator._make_network(
        architecture=architecture,
        hyperparameters={},
        early_stopping=estimator.early_stopping,
        callbacks=estimator.callbacks,
        seed=seed,
    )
    select: FeatureSelector | KeepAll = KeepAll()
    if kind.has_columns:
        select = FeatureSelector(
            estimator.feature_selection,
            task="classification" if is_classifier(estimator) else "regression",
            random_state=seed,
        )
    return make_network_pipeline(kind.make_preparer(estimator), select, network)


def _plan_for_table(
    estimator: BaseAutoGen,
    architectures: Mapping[Any, Architecture],
    first: Sequence[Mapping[str, Any]],
    n_folds: int,
    pipeline: NetworkPipeline,
    X: Any,
    y: np.ndarray,
) -> Effort:
    """Plan by rows and columns: networks for tables are trained in stacks."""
    from .search import plan_effort

    return plan_effort(
        len(y),
        n_folds,
        estimator.time_limit,
        shares=[each.get("epoch_share", 1.0) for each in first],
        n_columns=estimator.n_features_in_,
        epochs=estimator.epochs,
        fewest=len(architectures),
    )


def _plan_for_others(
    estimator: BaseAutoGen,
    architectures: Mapping[Any, Architecture],
    first: Sequence[Mapping[str, Any]],
    n_folds: int,
    pipeline: NetworkPipeline,
    X: Any,
    y: np.ndarray,
) -> Effort:
    """Plan by what a row costs, which differs by orders of magnitude."""
    from .search import plan_effort_alone
    from .search._effort import FEWEST_FOLDS, USUAL_CANDIDATES
    from .training import count_operations

    foremost = next(iter(architectures))
    candidates = first or [{"architecture": each} for each in architectures]
    operations = np.array(
        [
            each.get("epoch_share", 1.0)
            * count_operations(pipeline, {"architecture": foremost, **each}, X, y)
            for each in candidates
        ]
    )
    # What cannot be built for a few rows is taken to cost as much as the dearest.
    dearest = np.nanmax(operations) if np.isfinite(operations).any() else 0.0
    operations = np.where(np.isnan(operations), dearest, operations)
    if not first:
        operations = np.resize(operations, USUAL_CANDIDATES)
    return plan_effort_alone(
        len(y),
        n_folds,
        estimator.time_limit,
        operations.tolist(),
        draws=bool(first),
        fewest_folds=FEWEST_FOLDS if estimator.cv is None else n_folds,
        epochs=estimator.epochs,
        fewest=len(architectures),
        on_gpu=n_gpus() > 0,
    )


def _check_listed(param_space: Any, kind: InputKind) -> None:
    """Refuse architectures for other kinds of input among those that are searched."""
    from .architectures import ARCHITECTURES, find_architectures

    spaces = [param_space] if isinstance(param_space, Mapping) else param_space or []
    for space in spaces:
        listed = space.get("architecture", ()) if isinstance(space, Mapping) else ()
        names = [each for each in listed if isinstance(each, str)]
        if "auto" in names and not kind.has_columns:
            raise ValueError(
                "param_space has 'auto' among the values of 'architecture', where it "
                f"means that of tables; X is {kind.name!r}. Name what is searched."
            )
        if names and set(names) <= {"auto", *ARCHITECTURES}:
            find_architectures(names, kind.name)


def _count(folds: Any) -> int:
    """How many folds a splitter makes."""
    try:
        return int(folds.get_n_splits())
    except Exception:  # it has to see the data first
        return _USUAL_FOLDS
