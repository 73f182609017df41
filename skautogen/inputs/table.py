"""Tables: what a DataFrame or a 2-D array holds, as numbers that a network likes."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils import Tags, check_array, check_consistent_length
from sklearn.utils.validation import check_is_fitted

from ._checks import check_X, is_frame
from ._frames import FrameEncoder, check_cells, read_numbers
from ._frequent import find_frequent
from ._identifiers import warn_of_identifiers
from ._kind import InputKind
from ._squash import fit_scale, squash
from ._weights import check_not_all_zero

# Rows are repeated by their weights up to this many times the number of rows.
MAX_EXPANSION = 10

# Raw numbers that are brought to scale at once: few enough for the steps of it to find
# them in the cache of a core.
_NUMBERS_AT_ONCE = 2**16


def check_table(estimator: Any, X: Any, *, reset: bool) -> Any:
    """Refuse an X that is no table, as :func:`check_X` does, and cells of many values.

    Parameters
    ----------
    estimator : estimator
    X : array-like or DataFrame of shape (n_samples, n_features)
    reset : bool
        Whether to learn the columns and look at the cells (in ``fit``), or to check
        the columns (afterwards; cells are looked at when they are read).

    Returns
    -------
    X : DataFrame or ndarray of shape (n_samples, n_features)

    Raises
    ------
    ValueError, TypeError
        As :func:`check_X`; and if a cell of a DataFrame holds a list, an array or
        another collection.

    Warns
    -----
    IdentifierColumnWarning
        If columns of a DataFrame look like keys of its rows.
    """
    X = check_X(estimator, X, reset=reset)
    if reset and is_frame(X):
        check_cells(X)
        warn_of_identifiers(X)
    return X


class TablePreparer(TransformerMixin, BaseEstimator):
    """Prepare a table for a network: clean, encode, fill in, and bring to one scale.

    The first step of every pipeline for tables. Choose it wherever a network, or
    another model that wants finite numbers of similar size, is to be given a table as
    people have it. It needs no tuning and has no parameters.

    - Numbers and booleans: the median becomes 0, the distance between the quartiles
      becomes about 1, and a smooth curve ends at -3 and 3, which is where the
      infinities go. A constant becomes 0.
    - Missing values: become the median, and an indicator tells where they were, for
      every column of the training data that had some.
    - Categories and strings of up to 64 distinct values: one-hot encoded, two
      categories as one column. A category that training did not have is none of them.
    - More distinct values: the frequent ones are one-hot encoded, and all are described
      by their spelling in 30 numbers (latent semantic analysis of character n-grams);
      texts of several words by what they are about and how they are written.
    - Dates, also those written as strings: seconds, year, and month, day, weekday and
      hour as points on circles. Durations: seconds.
    - Numbers that are written as strings: as numbers, unless they are few and repeated,
      which is how codes of categories look.

    Encoded dates and spelling are then brought to scale as numbers are, and are missing
    as numbers are. A missing category is none of them, and indicated too.

    A column that is mostly one number, such as an amount that is mostly 0, is also told
    by its frequent values: an indicator for each of up to 40, and up to 256 in all.

    What was brought to scale stands first, then categories and frequent values, then
    indicators of what is missing: a network may treat numbers in a way of their own.

    Attributes
    ----------
    n_features_in_ : int
        Number of columns seen in ``fit``.
    feature_names_in_ : ndarray of shape (n_features_in_,)
        Names of the columns, if all are strings.
    input_index_ : ndarray of shape (n_prepared,)
        For each prepared column, which column of X it comes from.
    n_numeric_ : int
        How many prepared columns are numbers that were brought to scale: the first.

    See Also
    --------
    skrub.TableVectorizer : Takes the same tables, for trees. It is not composed here
        because it reads all numbers in single precision, depends on the order of the
        rows, and takes about 10 ms a column to transform a single row.
    skrub.SquashingScaler : What numbers go through here, for finite ones.

    Notes
    -----
    The order of the rows does not matter, and a row is transformed alone as it is among
    others. Rows of weight 0 are as if removed, and a row of the whole weight k is as if
    repeated k times. Where weights are not whole, or would make the table more than ten
    times as long, rows of positive weight count once each.

    References
    ----------
    D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by Default: Strong Pre-Tuned
    MLPs and Boosted Trees on Tabular Data", NeurIPS 2024.

    Examples
    --------
    >>> import pandas as pd
    >>> from skautogen.inputs import TablePreparer
    >>> city = ["Oslo", "Rome", "Rome", "Bern"]
    >>> X = pd.DataFrame({"age": [20, 30, None, 50], "city": city})
    >>> preparer = TablePreparer().fit(X)
    >>> preparer.get_feature_names_out().tolist()
    ['age', 'city_Bern', 'city_Oslo', 'city_Rome', 'missingindicator_age']
    >>> preparer.transform(X.iloc[:2]).round(2)
    array([[-0.65,  0.  ,  1.  ,  0.  ,  0.  ],
           [ 0.  ,  0.  ,  0.  ,  1.  ,  0.  ]], dtype=float32)
    """

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn what the columns hold.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features)
            Arrays must hold numbers; a pandas or polars DataFrame may hold anything.
        y : None
            Not used.
        sample_weight : array-like of shape (n_samples,), default=None
            How often a row counts; see the Notes.

        Returns
        -------
        self : TablePreparer

        Raises
        ------
        ValueError, TypeError
            If X is no table; see :func:`check_table`. If weights are negative, or all
            0.
        """
        X = check_X(self, X, reset=True)
        rows = _rows_that_count(sample_weight, X)
        self._frame = FrameEncoder().fit(X, rows) if is_frame(X) else None
        raw = self._read(X)
        if rows is not None:
            raw = raw[rows]
        self._learn(raw)
        return self

    def _learn(self, raw: np.ndarray) -> None:
        """Learn the scale of the raw numbers, and where some are missing."""
        origin = np.arange(self.n_features_in_)
        kept = np.zeros(raw.shape[1], dtype=bool)
        if self._frame is not None:
            origin, kept = self._frame.input_index_, self._frame.kept_
        self.n_numeric_ = int(np.sum(~kept))
        self._scale = fit_scale(raw, kept)
        self._frequent = find_frequent(raw, self._scale.is_spiked)
        missing = np.isnan(raw)
        # The numbers of one column of X are missing together: the first tells for all.
        firsts = np.unique(origin, return_index=True)[1]
        some = missing.any(axis=0) & ~missing.all(axis=0)
        self._indicators = firsts[some[firsts]]
        self.input_index_ = np.concatenate(
            [origin, origin[self._frequent.columns], origin[self._indicators]]
        )

    def transform(self, X: Any) -> np.ndarray:
        """Prepare a table.

        Parameters
        ----------
        X : array-like or DataFrame of shape (n_samples, n_features)
            With the columns that ``fit`` saw.

        Returns
        -------
        prepared : ndarray of shape (n_samples, n_prepared), float32
            Finite, within [-3, 3].

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError
            If the columns are not those that ``fit`` saw, or a column of numbers now
            holds something else.
        """
        check_is_fitted(self)
        raw = self._read(check_X(self, X, reset=False))
        prepared = np.empty((len(raw), len(self.input_index_)), dtype=np.float32)
        n_at_once = max(1, _NUMBERS_AT_ONCE // raw.shape[1])
        for start in range(0, len(raw), n_at_once):
            rows = slice(start, start + n_at_once)
            self._prepare(raw[rows], prepared[rows])
        return prepared

    def _prepare(self, raw: np.ndarray, prepared: np.ndarray) -> None:
        """Bring raw numbers (n, d) to scale, and tell what is missing, in place."""
        n_values, n_frequent = raw.shape[1], len(self._frequent.columns)
        prepared[:, :n_values] = squash(raw, self._scale)
        if n_frequent:
            marked = slice(n_values, n_values + n_frequent)
            prepared[:, marked] = self._frequent.indicate(raw)
        if len(self._indicators):
            prepared[:, n_values + n_frequent :] = np.isnan(raw[:, self._indicators])

    def _read(self, X: Any) -> np.ndarray:
        return read_numbers(X) if self._frame is None else self._frame.transform(X)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the prepared columns.

        Parameters
        ----------
        input_features : array-like of str of shape (n_features_in_,), default=None
            Names of the columns of X, where ``fit`` saw none; x0, x1, ... if not given.

        Returns
        -------
        names : ndarray of str of shape (n_prepared,)
            The name of the column, followed by a category, value or part of a date, or
            preceded by ``missingindicator_``.
        """
        check_is_fitted(self)
        inputs = OneToOneFeatureMixin.get_feature_names_out(self, input_features)
        n_frequent = len(self._frequent.columns)
        n_values = len(self.input_index_) - n_frequent - len(self._indicators)
        values, frequent, indicators = np.split(
            inputs[self.input_index_], [n_values, n_values + n_frequent]
        )
        if self._frame is not None:
            values = values + np.array(self._frame.suffixes_, dtype=object)
        frequent = frequent + np.array(self._frequent.suffixes, dtype=object)
        return np.concatenate([values, frequent, "missingindicator_" + indicators])

    def meta(self, support: np.ndarray | None = None) -> dict[str, Any]:
        """How many of the first columns that are left are numbers.

        Builders find it in ``meta["n_numeric_"]``; the other columns are categories
        and indicators, 0 or 1. Of columns that a selection has made, all are numbers.

        Parameters
        ----------
        support : ndarray of bool of shape (n_prepared,), default=None
            The columns that are left; None if others were made of them.

        Returns
        -------
        meta : dict
        """
        if support is None:
            return {}
        return {"n_numeric_": int(np.sum(support[: self.n_numeric_]))}

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "input_index_")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def _rows_that_count(sample_weight: Any, X: Any) -> np.ndarray | None:
    """Turn weights into rows, each repeated as often as it counts; ``None`` for all."""
    if sample_weight is None:
        return None
    weight = check_array(
        sample_weight, ensure_2d=False, dtype=np.float64, input_name="sample_weight"
    )
    if weight.ndim != 1:
        raise ValueError(
            f"Sample weights must be 1D array or scalar, got {weight.ndim}D array. "
            "Pass one weight a row, of shape (n_samples,)."
        )
    check_consistent_length(X, weight)
    if weight.min() < 0:
        raise ValueError(
            "Negative values in data passed to `sample_weight`: the least is "
            f"{weight.min():g}. Pass weights of 0 or more."
        )
    check_not_all_zero(weight)
    n_rows = len(weight)
    whole = (weight == np.floor(weight)).all()
    if not whole or weight.sum() > MAX_EXPANSION * n_rows:
        return np.flatnonzero(weight)
    return np.repeat(np.arange(n_rows), weight.astype(int))


TABLE = InputKind(
    name="table",
    recognises=lambda X: is_frame(X) or getattr(X, "ndim", 0) == 2,
    check=check_table,
    make_preparer=lambda estimator: TablePreparer(),
    learns=("n_features_in_", "feature_names_in_"),
    has_columns=True,
)
