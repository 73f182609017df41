"""How a fitted estimator becomes smaller."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import is_classifier
from sklearn.utils.validation import check_consistent_length, check_is_fitted

if TYPE_CHECKING:
    from .compression import Compression

# Rows under which a score says nothing.
_FEWEST_ROWS = 20


class Compressing:
    """Mixin of the estimators: smaller and faster ones of the same kind."""

    # Of the estimator that this is mixed into.
    classes_: np.ndarray
    search_: Any
    _check_X: Callable[[Any], Any]
    _check_weight: Callable[..., np.ndarray | None]

    def compress(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        method: str = "auto",
        tolerance: float = 0.01,
    ) -> Compression:
        """Make a smaller and faster estimator that predicts about as well.

        Choose it before an estimator goes to where bytes or milliseconds are scarce. It
        refuses to lose more of the score than the tolerance: of what was tried, the
        smallest that loses less is returned; if there is none, something milder, or
        this estimator itself. The report says which.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features), or other input
            The rows that ``fit`` had, or others that are like them; needed, since an
            estimator keeps no rows. Networks learn on most of them; the score is taken
            on the others.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            The truth, by which is judged.
        sample_weight : array-like of shape (n_samples,), default=None
            As ``fit`` had it.
        method : str, default="auto"
            ``"distillation"`` teaches one narrow network, or a few, what the ensemble
            answers; ``"pruning"`` takes the weakest units out of the best network and
            trains it on; both are tried in several strengths. ``"int8"``,
            ``"float16"`` and ``"int4"`` keep the weights of all networks in fewer bits:
            fewer bytes, the same milliseconds. Several are joined, as in
            ``"pruning+int8"``. ``"auto"`` is ``"distillation+int8"``, and what is
            milder if that loses too much.
        tolerance : float >= 0, default=0.01
            Share of the score that may be lost: of an accuracy of 0.9, 0.009.

        Returns
        -------
        compression : Compression
            ``estimator``, fitted, and ``report``, which prints as a table.

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        TypeError
            If X or y is missing.
        ValueError
            If there is no such method, the tolerance is below 0, there are fewer than
            20 rows, or labels that ``fit`` has not seen.

        Notes
        -----
        The score is the first metric of ``scoring``, on rows that no network concerned
        has seen. Where X is what ``fit`` had, the methods are first tried on the
        networks of the first fold, judged by the rows of that fold, and what did well
        there is done with the whole ensemble and all rows. With ``ensemble_size=0``
        there are no such networks: give rows that ``fit`` has not had.

        The smaller estimator keeps the record of the search; ``best_estimator_``,
        ``model_`` and ``history_`` are of the new network, and there is no
        ``oof_predictions_``. ``docs/compression.md`` has what was measured.

        Examples
        --------
        >>> from sklearn.datasets import load_iris
        >>> from skautogen import AutoGenClassifier
        >>> X, y = load_iris(return_X_y=True)
        >>> model = AutoGenClassifier(n_iter=1, cv=2, random_state=0).fit(X, y)
        >>> small = model.compress(X, y, method="int8", tolerance=0.01)
        >>> small.report.bytes_before > 2 * small.report.bytes_after
        True
        >>> small.estimator.predict(X[:2])
        array([0, 0])
        """
        from .compression import compress_estimator, get_methods
        from .report._naming import name_of_metric

        check_is_fitted(self)
        get_methods(method)
        _check_tolerance(tolerance)
        if X is None or y is None:
            raise TypeError(
                f"{type(self).__name__}.compress needs X and y, since a fitted "
                "estimator keeps no rows to learn from and to be judged by. Pass those "
                "that fit had: compress(X_train, y_train)."
            )
        X = self._check_X(X)
        y = self._check_known_target(y)
        check_consistent_length(X, y)
        if len(y) < _FEWEST_ROWS:
            raise ValueError(
                f"compress needs at least {_FEWEST_ROWS} rows, some to learn from and "
                f"some to judge by; got {len(y)}."
            )
        weight = self._check_weight(sample_weight, X, y)
        return compress_estimator(
            self,
            X,
            y,
            weight,
            method=method,
            tolerance=float(tolerance),
            metric=name_of_metric(self),
        )

    def _check_known_target(self, y: Any) -> np.ndarray:
        """Refuse a target that is wrong, or has labels that ``fit`` has not seen."""
        from .inputs import check_classification_target, check_regression_target

        if not is_classifier(self):
            return check_regression_target(y)
        labels, classes = check_classification_target(y)
        unknown = np.setdiff1d(classes, self.classes_)
        if len(unknown):
            raise ValueError(
                f"y has labels that fit has not seen: {unknown.tolist()}; known are "
                f"{self.classes_.tolist()}."
            )
        return labels


def _check_tolerance(tolerance: Any) -> None:
    is_number = isinstance(tolerance, Real) and not isinstance(tolerance, bool)
    if not is_number or not tolerance >= 0:
        raise ValueError(
            f"tolerance must be a number >= 0, the share of the score that may be "
            f"lost; got {tolerance!r}."
        )
