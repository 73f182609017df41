"""What the classifier and the regressor share: the way from data to a fitted search."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.metrics import check_scoring, get_scorer_names
from sklearn.utils import (
    Tags,
    check_consistent_length,
)
from sklearn.utils.validation import (
    _check_sample_weight,
    check_is_fitted,
)

from ._backend import load_keras
from ._compat import (
    HasMethods,
    Interval,
    validate_parameter_constraints,
)
from ._compressing import Compressing
from ._design import design_search
from ._ensembling import Ensembling
from ._exporting import Exporting
from ._of_columns import OfColumns
from ._persistence import Persistence
from ._reporting import Reporting
from ._scoring import each_value, first_of
from ._spelling import unknown_name

if TYPE_CHECKING:
    from .inputs import InputKind
    from .search import Budget, SearchRun
    from .training import NetworkPipeline


class BaseAutoGen(
    Ensembling,
    Compressing,
    Exporting,
    Persistence,
    Reporting,
    BaseEstimator,
    metaclass=ABCMeta,
):
    """The shared part of the estimators. Not to be instantiated."""

    # What the concrete class has for its task.
    _default_scoring: ClassVar[str]

    support_ = OfColumns()
    feature_importances_ = OfColumns()

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "architecture": [str, callable, list],
        "search": [str, HasMethods(["propose"])],
        "param_space": [Mapping, list, None],
        "n_iter": [Interval(Integral, 1, None, closed="left"), None],
        "feature_selection": [str, HasMethods(["fit", "transform"]), None],
        "cv": ["cv_object"],
        "scoring": [str, callable, list, tuple, dict, None],
        "epochs": [Interval(Integral, 1, None, closed="left"), None],
        "early_stopping": ["boolean"],
        "ensemble_size": [Interval(Integral, 0, None, closed="left")],
        "time_limit": [Interval(Real, 0, None, closed="neither"), None],
        "engine": [str],
        "input_kind": [str],
        "sampling_rate": [Interval(Integral, 1, None, closed="left"), None],
        "callbacks": [list, tuple, None],
        "n_jobs": [
            Interval(Integral, None, -1, closed="right"),
            Interval(Integral, 1, None, closed="left"),
            None,
        ],
        "random_state": ["random_state"],
        "verbose": ["verbose"],
    }

    def fit(
        self, X: Any, y: Any, sample_weight: Any = None, *, groups: Any = None
    ) -> Self:
        """Search for the network that predicts y best, and train it on all rows.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features), or other input
            Numbers as an array; anything as a pandas or polars DataFrame: categories,
            strings, texts, booleans, dates. Missing and infinite values are taken as
            they are. Or images, sequences, audio or texts; see ``input_kind``.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            Class labels of any type, or numbers. Several outputs for regression only.
        sample_weight : array-like of shape (n_samples,), default=None
            A weight of 2 counts a row twice, one of 0 leaves it out.
        groups : array-like of shape (n_samples,), default=None
            Rows of one group are not divided by a splitter such as ``GroupKFold``.

        Returns
        -------
        self : object
            The fitted estimator.

        Raises
        ------
        ValueError
            If a parameter, a name in ``param_space`` or the data are not as accepted,
            or if every single training failed.
        """
        from .inputs.targets import find_name
        from .report._record import make_record
        from .search import Budget

        budget = Budget(self.time_limit)
        self._check_parameters()
        self.target_name_ = find_name(y)
        X, y, sample_weight = self._check_data(X, y, sample_weight)
        self._check_callbacks()  # loads Keras, which wrong data are not worth
        # Before the search: what it cannot describe would lose all of it.
        record = make_record(
            X,
            y,
            classes=getattr(self, "classes_", None),
            has_columns=self._kind.has_columns,
            has_weights=sample_weight is not None,
            has_groups=groups is not None,
        )
        search = design_search(self, self._kind, X, y)
        run = self._run_search(search, X, y, sample_weight, groups, budget)
        self._keep(search)
        self._combine(run, X, y, sample_weight)
        self._rank_features(run, X, y, sample_weight)
        self._record = replace(record, seconds=budget.elapsed)
        return self

    def _check_parameters(self) -> None:
        """Refuse parameters that are wrong."""
        from .search import get_strategy
        from .selection import METHODS
        from .training import ENGINES

        validate_parameter_constraints(
            self._parameter_constraints,
            self.get_params(deep=False),
            caller_name=type(self).__name__,
        )
        get_strategy(self.search)
        for name, known in (
            ("engine", ENGINES),
            ("feature_selection", METHODS),
            ("scoring", get_scorer_names()),
        ):
            for value in each_value(getattr(self, name)):
                if isinstance(value, str) and value not in known:
                    raise ValueError(unknown_name(name, value, known))
        if isinstance(self.scoring, (list, tuple, dict)) and not self.scoring:
            raise ValueError(
                f"scoring is empty: name at least one metric; got {self.scoring!r}."
            )

    def _check_callbacks(self) -> None:
        """Refuse callbacks that are none; only Keras can tell."""
        callback = load_keras().callbacks.Callback
        for each in self.callbacks or ():
            if not isinstance(each, callback):
                raise TypeError(
                    "callbacks must be a list of keras.callbacks.Callback instances; "
                    f"got {each!r} of type {type(each).__name__} in it."
                )

    def _check_data(self, X: Any, y: Any, sample_weight: Any) -> tuple[Any, Any, Any]:
        """Refuse data that are wrong, and learn what they are."""
        from .inputs import detect_kind

        kind = detect_kind(X, self.input_kind)
        X = kind.check(self, X, reset=True)
        self.input_kind_ = kind.name
        self._forget_other_kinds()
        if self.feature_selection is not None and not kind.has_columns:
            raise ValueError(
                f"feature_selection={self.feature_selection!r} selects columns of "
                f"tables, and X is taken for input_kind={kind.name!r}. Pass None, or "
                "another input_kind."
            )
        y = self._check_target(y)
        check_consistent_length(X, y)
        return X, y, self._check_weight(sample_weight, X, y)

    def _forget_other_kinds(self) -> None:
        """Drop what an earlier fit has learnt of an X of another kind."""
        from .inputs import INPUT_KINDS

        names = {name for kind in INPUT_KINDS.values() for name in kind.learns}
        if not self._kind.has_columns:
            names |= {"support_", "feature_importances_"}
        for name in names.difference(self._kind.learns):
            self.__dict__.pop(name, None)

    @property
    def _kind(self) -> InputKind:
        """The kind of input that X was taken for."""
        from .inputs import INPUT_KINDS

        return INPUT_KINDS[self.input_kind_]

    def _check_weight(
        self, sample_weight: Any, X: Any, y: np.ndarray
    ) -> np.ndarray | None:
        """Refuse weights that are wrong."""
        from .inputs._weights import check_not_all_zero

        if sample_weight is None:
            return None
        sample_weight = _check_sample_weight(
            sample_weight, X, dtype=np.float64, ensure_non_negative=True
        )
        check_not_all_zero(sample_weight)
        return sample_weight

    @abstractmethod
    def _check_target(self, y: Any) -> np.ndarray:
        """Refuse a target that is wrong, and learn what it is."""

    @abstractmethod
    def _make_network(self, **settings: Any) -> Any:
        """The last step of the pipeline."""

    @abstractmethod
    def _labels(self, answer: np.ndarray) -> np.ndarray:
        """What ``predict`` returns for what the networks answer."""

    @abstractmethod
    def _evaluate(
        self, X: Any, y: np.ndarray, sample_weight: np.ndarray | None
    ) -> dict[str, float]:
        """The usual metrics of the task."""

    def _run_search(
        self,
        search: Any,
        X: Any,
        y: np.ndarray,
        sample_weight: np.ndarray | None,
        groups: Any,
        budget: Budget,
    ) -> SearchRun:
        """Let scikit-learn search, over trainings that the engine carries out."""
        from .report import SearchProgress
        from .search import NarrowedSpace, SearchRun, get_strategy
        from .training import get_engine

        with SearchProgress(int(self.verbose), 0, self.time_limit) as progress:
            engine = get_engine(self.engine, self.n_jobs, progress.say)
            scorer = None
            if self.verbose:
                first = first_of(search.scoring)
                scorer = check_scoring(search.estimator, scoring=first)
            run = SearchRun(
                engine, search.estimator, X, y, sample_weight, budget, progress, scorer
            )
            search.fit_with(run, X, y, groups, sample_weight=sample_weight)
        run.failures.warn(search.error_score)
        proposes = get_strategy(self.search).proposes
        is_ours = isinstance(self.param_space, (NarrowedSpace, type(None)))
        was_planned = self.n_iter is None and (is_ours or proposes)
        run.warn_if_stopped(type(self).__name__, was_planned=was_planned)
        return run

    def _keep(self, search: Any) -> None:
        """Take over from the search what the contract names."""
        self.search_ = search
        self.cv_results_ = search.cv_results_
        self.best_params_ = search.best_params_
        self.best_score_ = search.best_score_
        self.best_index_ = search.best_index_
        self.best_estimator_ = search.best_estimator_
        network = self.best_estimator_.named_steps["network"]
        self.history_ = network.history_
        self.n_iter_ = len(network.history_["loss"])
        if self._kind.has_columns:
            self.support_ = _support(self.best_estimator_, self.n_features_in_)

    @property
    def model_(self) -> Any:
        """The Keras model of the best network."""
        check_is_fitted(self)
        return self.best_estimator_.named_steps["network"].model_

    def predict(self, X: Any) -> np.ndarray:
        """Predict with the networks of the ensemble, or with the best alone.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features)
            With the columns that ``fit`` saw.

        Returns
        -------
        y_pred : ndarray of shape (n_samples,) or (n_samples, n_outputs)

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError
            If the columns are not those that ``fit`` saw.
        """
        return self._labels(self._answer(X))

    def _answer(self, X: Any) -> np.ndarray:
        """Probabilities of classes, or numbers: of the ensemble, if there is one."""
        from .ensemble import NetworkEnsemble

        X = self._check_X(X)
        ensemble = self.ensemble_ or NetworkEnsemble([self.best_estimator_], [1.0])
        return ensemble.answer(X)

    def _check_X(self, X: Any) -> Any:
        check_is_fitted(self)
        return self._kind.check(self, X, reset=False)

    def evaluate(self, X: Any, y: Any, sample_weight: Any = None) -> dict[str, float]:
        """Compute the usual metrics of the task, by name.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            The truth.
        sample_weight : array-like of shape (n_samples,), default=None

        Returns
        -------
        metrics : dict of str -> float
            Classification: accuracy, balanced accuracy, precision, recall, F1, ROC AUC,
            log loss. Regression: RMSE, MAE, R2.
        """
        check_is_fitted(self)
        return self._evaluate(X, np.asarray(y), sample_weight)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the prepared features that the best network is given.

        Parameters
        ----------
        input_features : array-like of str, default=None
            Names of the columns of X, where X had none.

        Returns
        -------
        names : ndarray of str
        """
        check_is_fitted(self)
        prepare, select = (step for _, step in self.best_estimator_.steps[:2])
        return select.get_feature_names_out(
            prepare.get_feature_names_out(input_features)
        )

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "best_estimator_")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        tags.input_tags.allow_nan = True
        return tags


def _support(pipeline: NetworkPipeline, n_features_in: int) -> np.ndarray:
    """Which columns of X reach the network, as a mask of shape (n_features_in,)."""
    prepare, select = (step for _, step in pipeline.steps[:2])
    reached = prepare.input_index_
    if select.support_ is not None:
        reached = reached[select.support_]
    return np.isin(np.arange(n_features_in), reached)
