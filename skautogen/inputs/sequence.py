"""Sequences: rows that are steps, each step a number for each channel."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from .._compat import StrOptions, validate_parameter_constraints
from ._kind import InputKind
from ._ragged import check_sequences, looks_ragged
from ._random_kernels import RandomKernels
from ._weights import check_not_all_zero

# Against channels that hardly vary.
_LEAST_DEVIATION = 1e-6


class SequencePreparer(TransformerMixin, BaseEstimator):
    """Prepare sequences for a network: fill in, bring to one scale, and pad.

    The first step of every pipeline for sequences. Each channel is brought to a mean of
    0 and a deviation of 1 over the steps of all training rows. A value that is missing
    within a sequence is interpolated between those before and after it.

    Parameters
    ----------
    n_steps : int
        Steps that sequences are padded to at least; longer ones are kept whole.
    representation : {"steps", "kernels"}, default="steps"
        ``"steps"``: the sequence itself. ``"kernels"``: a row of features, what many
        random convolution kernels find in it; see the Notes.

    Attributes
    ----------
    n_channels_ : int
        Numbers of a step.

    Notes
    -----
    As steps, a channel is added that tells which steps there are: 1, and 0 for padding.

    References
    ----------
    A. Dempster, F. Petitjean, G. I. Webb, "ROCKET: exceptionally fast and accurate time
    series classification using random convolutional kernels", Data Mining and Knowledge
    Discovery 34, 2020; C. W. Tan et al., "MultiRocket", 36, 2022.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs import SequencePreparer
    >>> X = [np.array([[1.0], [3.0]]), np.array([[1.0], [3.0], [2.0]])]
    >>> SequencePreparer(n_steps=3).fit(X).transform(X)[0].round(2)
    array([[-1.12,  1.  ],
           [ 1.12,  1.  ],
           [ 0.  ,  0.  ]], dtype=float32)
    """

    def __init__(self, n_steps: int, representation: str = "steps") -> None:
        self.n_steps = n_steps
        self.representation = representation

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn the scale of each channel.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_steps, n_channels), or list of arrays
            As :class:`AutoGenClassifier` takes them.
        y : None
            Not used.
        sample_weight : array-like of shape (n_samples,), default=None
            Rows of weight 0 are as if removed.

        Returns
        -------
        self : SequencePreparer

        Raises
        ------
        ValueError, TypeError
            If X are no sequences, or a parameter is wrong.
        """
        constraints = {"representation": [StrOptions({"steps", "kernels"})]}
        validate_parameter_constraints(
            constraints, {"representation": self.representation}, type(self).__name__
        )
        X = check_sequences(self, X, reset=True)
        if sample_weight is not None:
            check_not_all_zero(np.asarray(sample_weight))
            X = X[np.asarray(sample_weight) > 0]
        steps = np.concatenate(list(X))
        # At least 1: a channel may have no value in the rows of a fold.
        n_values = np.maximum((~np.isnan(steps)).sum(axis=0), 1)
        self._mean = np.nansum(steps, axis=0, dtype=np.float64) / n_values
        squares = (steps - self._mean) ** 2
        deviation = np.sqrt(np.nansum(squares, axis=0) / n_values)
        # A channel that never varies says nothing, and becomes 0.
        varies = deviation > _LEAST_DEVIATION * np.maximum(1, np.abs(self._mean))
        self._factor = np.where(varies, 1 / np.where(varies, deviation, 1), 0)
        if self.representation == "kernels":
            self._kernels = RandomKernels().fit(self._pad(X))
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Prepare sequences.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_steps, n_channels), or list of arrays

        Returns
        -------
        prepared : ndarray of shape (n_samples, n_steps, n_channels + 1) or \
                (n_samples, n_features), float32

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError
            If X are no sequences of the channels that ``fit`` saw.
        """
        check_is_fitted(self)
        padded = self._pad(check_sequences(self, X, reset=False))
        return self._kernels.transform(padded) if self._as_row else padded

    @property
    def _as_row(self) -> bool:
        return self.representation == "kernels"

    def _pad(self, X: Any) -> np.ndarray:
        """One array, with a channel that tells which steps there are."""
        n_steps = max(self.n_steps, max(map(len, X)))
        padded = np.zeros((len(X), n_steps, len(self._mean) + 1), dtype=np.float32)
        for row, sequence in enumerate(X):
            n_own = len(sequence)
            values = (sequence - self._mean) * self._factor
            padded[row, :n_own, :-1] = _filled_in(values)
            padded[row, :n_own, -1] = 1.0
        return padded

    def meta(self, support: np.ndarray | None = None) -> dict[str, Any]:
        """Nothing that a builder does not see in the shape.

        Parameters
        ----------
        support : None

        Returns
        -------
        meta : dict
        """
        return {}

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_factor")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.three_d_array = True
        tags.input_tags.allow_nan = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def _filled_in(values: np.ndarray) -> np.ndarray:
    """Steps (s, c) with what is missing interpolated; the mean where all is."""
    missing = np.isnan(values)
    if not missing.any():
        return values
    steps = np.arange(len(values))
    for channel in np.flatnonzero(missing.any(axis=0)):
        gaps = missing[:, channel]
        there = steps[~gaps]
        values[gaps, channel] = (
            np.interp(steps[gaps], there, values[there, channel]) if len(there) else 0.0
        )
    return values


def _looks_like_sequences(X: Any) -> bool:
    return getattr(X, "ndim", 0) == 3 or looks_ragged(X)


SEQUENCE = InputKind(
    name="sequence",
    recognises=_looks_like_sequences,
    check=check_sequences,
    make_preparer=lambda estimator: SequencePreparer(n_steps=estimator.n_steps_),
    learns=("n_channels_", "n_steps_"),
)
