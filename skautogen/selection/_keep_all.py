"""The step in the place of a feature selection where inputs have no columns."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from sklearn.base import BaseEstimator, TransformerMixin


class KeepAll(TransformerMixin, BaseEstimator):
    """Give on what it is given, of any number of axes.

    Attributes
    ----------
    support_ : None
        There are no columns to be kept.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.selection import KeepAll
    >>> KeepAll().fit_transform(np.zeros((2, 8, 8, 3))).shape
    (2, 8, 8, 3)
    """

    support_: ClassVar[None] = None

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn nothing.

        Parameters
        ----------
        X : ndarray
        y : None
        sample_weight : None

        Returns
        -------
        self : KeepAll
        """
        return self

    def transform(self, X: Any) -> Any:
        """Return X.

        Parameters
        ----------
        X : ndarray

        Returns
        -------
        X : ndarray
        """
        return X

    def __sklearn_is_fitted__(self) -> bool:
        return True
