"""The step of the pipeline that selects features."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from scipy.sparse import issparse
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.feature_selection import SelectorMixin
from sklearn.utils import Tags, check_consistent_length
from sklearn.utils.validation import check_is_fitted, has_fit_parameter, validate_data

from .._spelling import unknown_name
from ..inputs import is_plain_array
from ._checks import check_method, check_n_features, check_target, check_weights
from ._kbest import SCORE_FUNCS, select_k_best
from ._rfe import select_recursively
from ._strategy import Selection, SelectionProblem

METHODS: dict[str, Callable[[SelectionProblem], Selection]] = {
    "kbest": select_k_best,
    "rfe": select_recursively,
}

_TASKS = ("classification", "regression")


class FeatureSelector(SelectorMixin, BaseEstimator):
    """Keep the features that tell most about the target.

    The step between the preparation of the data and the network. As a step of a
    pipeline it is fitted on the training rows of each fold, so that nothing leaks from
    the rows that score.

    Select when a table has columns that are noise: networks suffer from them more than
    trees do. "kbest" scores each feature alone, in milliseconds ("mutual_info" takes
    longer than "rfe" on many rows). "rfe" finds features that tell something only
    together; a fit takes about a second, some seconds on many rows.

    Parameters
    ----------
    method : {"kbest", "rfe"}, transformer or None, default=None
        ``None`` keeps all features. "kbest" is scikit-learn's ``SelectKBest``, "rfe"
        its ``RFE`` with the importances of extremely randomised trees. A transformer of
        scikit-learn's is cloned and fitted: a selector, or one that makes new features,
        such as ``PCA``.
    n_features : int or float, default=0.5
        How many features to keep: a number of at least 1 (all, where there are fewer),
        or a float in (0, 1], the part of all, rounded, at least one. Ignored when
        ``method`` is ``None`` or a transformer.
    score_func : {"f_test", "chi2", "mutual_info"}, default="f_test"
        What "kbest" scores by. "f_test" sees differences in the mean (of regression:
        linear dependence), "chi2" the same for features scaled to [0, 1] and needs
        classes, "mutual_info" any dependence. Ignored by the other methods.
    task : {"classification", "regression"}, default="classification"
        Whether ``y`` are classes, of any type, or numbers.
    random_state : int, RandomState instance or None, default=None
        Seeds the trees of "rfe" and the tiny noise that "mutual_info" adds. A
        transformer has its own.

    Attributes
    ----------
    support_ : ndarray of shape (n_features_in_,), bool, or None
        The features kept. ``None`` if a transformer makes new ones.
    scores_ : ndarray of shape (n_features_in_,)
        Scores, NaN for a constant feature. Only for "kbest".
    ranking_ : ndarray of shape (n_features_in_,), int
        1 for the features kept, higher the earlier a feature was eliminated. Only for
        "rfe".
    transformer_ : transformer
        The fitted clone of ``method``. Only for a transformer.
    n_features_in_ : int
        Number of features seen in ``fit``.
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Names of the features seen in ``fit``, where they have names that are strings.

    Notes
    -----
    A constant feature is kept last. Of features that score the same the later one is
    kept. The output is float32.

    The weights of rows count in "f_test", "chi2" and "rfe", and in a transformer that
    takes them. "mutual_info" only leaves out the rows that weigh nothing.

    For several outputs, "f_test" averages the share of variance explained,
    "mutual_info" the information, and "rfe" the gain of the trees on standardised
    outputs. A feature that tells much about one output therefore comes before one that
    tells next to nothing about any, which averaged ranks would not ensure.

    References
    ----------
    .. [1] Guyon, I., Weston, J., Barnhill, S., Vapnik, V.: Gene selection for cancer
           classification using support vector machines. Machine Learning 46 (2002).
    .. [2] Ross, B. C.: Mutual information between discrete and continuous data sets.
           PLoS ONE 9(2) (2014).

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from skautogen.selection import FeatureSelector
    >>> X, y = load_iris(return_X_y=True, as_frame=True)
    >>> selector = FeatureSelector("kbest", n_features=2).fit(X, y)
    >>> selector.get_feature_names_out()
    array(['petal length (cm)', 'petal width (cm)'], dtype=object)

    Elimination, of which the seed makes the answer repeatable:

    >>> FeatureSelector("rfe", n_features=0.25, random_state=0).fit(X, y).support_.sum()
    np.int64(1)

    A transformer of scikit-learn's that makes new features:

    >>> from sklearn.decomposition import PCA
    >>> projection = FeatureSelector(PCA(2)).fit(X)
    >>> projection.get_feature_names_out()
    array(['pca0', 'pca1'], dtype=object)
    >>> projection.support_ is None
    True
    """

    def __init__(
        self,
        method: str | TransformerMixin | None = None,
        *,
        n_features: float = 0.5,
        score_func: str = "f_test",
        task: Literal["classification", "regression"] = "classification",
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.method = method
        self.n_features = n_features
        self.score_func = score_func
        self.task = task
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> FeatureSelector:
        """Find out which features to keep.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Finite numbers.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            The target. Several outputs only for regression. "kbest" and "rfe" need it.
        sample_weight : array-like of shape (n_samples,), default=None
            Weights of the rows, not negative.

        Returns
        -------
        self : FeatureSelector

        Raises
        ------
        ValueError
            If a parameter or the data are not as said above, or a transformer selects
            none of the features.
        TypeError
            If ``method`` or ``n_features`` is of a wrong type.
        """
        self._check_parameters()
        self._forget()
        X = validate_data(self, X, dtype=np.float32)
        sample_weight = check_weights(sample_weight, X)
        if self.method is None:
            self.support_: np.ndarray | None = np.ones(X.shape[1], dtype=bool)
        elif isinstance(self.method, str):
            self._fit_strategy(METHODS[self.method], X, y, sample_weight)
        else:
            self._fit_transformer(X, y, sample_weight)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Reduce X to the features kept, or make the new ones.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Finite numbers.

        Returns
        -------
        X_new : ndarray of shape (n_samples, n_features_out), float32
        """
        check_is_fitted(self, "support_")
        if not is_plain_array(self, X, (np.float32,)) or not np.isfinite(X).all():
            X = validate_data(self, X, dtype=np.float32, reset=False)
        if self.support_ is not None:
            # On long tables ``compress`` is three times as fast as an index.
            return X if self.support_.all() else X.compress(self.support_, axis=1)
        made = self.transformer_.transform(X)
        return np.asarray(made.toarray() if issparse(made) else made, dtype=np.float32)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Name the features of the output.

        Parameters
        ----------
        input_features : array-like of str of shape (n_features_in_,), default=None
            Names of the input, by default ``feature_names_in_``, or ``"x0"``, ``"x1"``
            and so on.

        Returns
        -------
        names : ndarray of shape (n_features_out,), object
            Those of the features kept; for new features, the transformer's own.
        """
        check_is_fitted(self, "support_")
        names: np.ndarray
        if self.support_ is not None:
            names = super().get_feature_names_out(input_features)
            return names
        if input_features is None:
            input_features = getattr(self, "feature_names_in_", None)
        names = self.transformer_.get_feature_names_out(input_features)
        return names

    def _get_support_mask(self) -> np.ndarray:
        check_is_fitted(self, "support_")
        if self.support_ is None:
            raise ValueError(
                f"FeatureSelector: method={self.method!r} makes new features, so there "
                "is no support. The features are named by get_feature_names_out()."
            )
        return self.support_

    def _check_parameters(self) -> None:
        check_method(self.method, METHODS)
        check_n_features(self.n_features)
        for name, known in (("score_func", tuple(SCORE_FUNCS)), ("task", _TASKS)):
            if getattr(self, name) not in known:
                role = f"{name} of FeatureSelector:"
                raise ValueError(unknown_name(role, getattr(self, name), known))

    def _forget(self) -> None:
        """Drop what only another method had learned in an earlier ``fit``."""
        for name in ("scores_", "ranking_", "transformer_"):
            if hasattr(self, name):
                delattr(self, name)

    def _fit_strategy(
        self,
        strategy: Callable[[SelectionProblem], Selection],
        X: np.ndarray,
        y: Any,
        sample_weight: np.ndarray | None,
    ) -> None:
        if y is None:
            raise ValueError(
                "FeatureSelector requires y to be passed, but the target y is None: "
                f"method={self.method!r} scores features by what they tell about y."
            )
        selection = strategy(self._make_problem(X, y, sample_weight))
        self.support_ = selection.support
        if selection.scores is not None:
            self.scores_ = selection.scores
        if selection.ranking is not None:
            self.ranking_ = selection.ranking

    def _make_problem(
        self, X: np.ndarray, y: Any, weights: np.ndarray | None
    ) -> SelectionProblem:
        """Leave out the rows that weigh nothing: they exist to no strategy."""
        is_classification = self.task == "classification"
        y = check_target(y, is_classification)
        check_consistent_length(X, y)
        if weights is not None:
            X, y, weights = X[weights > 0], y[weights > 0], weights[weights > 0]
        return SelectionProblem(
            X,
            np.unique(y, return_inverse=True)[1] if is_classification else y,
            n_keep=self._n_keep(X.shape[1]),
            sample_weight=weights,
            is_classification=is_classification,
            score_func=self.score_func,
            random_state=self.random_state,
        )

    def _n_keep(self, n_available: int) -> int:
        if isinstance(self.n_features, (int, np.integer)):
            return min(int(self.n_features), n_available)
        return max(1, round(self.n_features * n_available))

    def _fit_transformer(
        self, X: np.ndarray, y: Any, sample_weight: np.ndarray | None
    ) -> None:
        transformer = clone(self.method)
        weights = {}
        if sample_weight is not None and has_fit_parameter(
            transformer, "sample_weight"
        ):
            weights["sample_weight"] = sample_weight
        self.transformer_ = transformer.fit(X, y, **weights)
        self.support_ = None
        if hasattr(transformer, "get_support"):
            self.support_ = transformer.get_support()
            if not self.support_.any():
                raise ValueError(
                    f"FeatureSelector: method={self.method!r} selected none of the "
                    f"{X.shape[1]} features, and a network needs at least one. Loosen "
                    "its threshold."
                )

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = isinstance(self.method, str)
        tags.transformer_tags.preserves_dtype = ["float32"]
        return tags
