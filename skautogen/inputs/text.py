"""Texts: messages, sentences or documents, as n-grams or as sequences of tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from .._compat import StrOptions, validate_parameter_constraints
from ._checks import is_frame
from ._column import rows_of_column
from ._image_files import is_image_path
from ._kind import InputKind
from ._ngrams import Ngrams
from ._tokens import Tokens
from ._weights import check_not_all_zero
from ._words import read_words, round_up
from ._writing import N_MEASURES, measure_writing

# Texts that are taken apart at once.
_TEXTS_AT_ONCE = 4096
# Terms of a text that are kept, those of the largest weights: as many as all but a few
# texts have, and no more than the memory has room for.
_USUAL_SHARE, _MOST_TERMS_OF_A_TEXT, _MOST_NUMBERS = 0.98, 1024, 2**25
# What a measure of the writing weighs beside n-grams, whose weights have a length of 1:
# a third brought a linear model as much as a tenth, or more (docs/text.md).
_WEIGHT_OF_WRITING, _LARGEST = 0.3, 3.0
_LEAST_DEVIATION = 1e-9
# Entries that are looked at to tell what X holds.
_N_LOOKED_AT = 100

_ADVICE = (
    "Accepted are strings in a list, a 1-D array, a pandas or polars Series, or a "
    "DataFrame of one column; a text may be missing (None or NaN)"
)


def check_texts(estimator: Any, X: Any, *, reset: bool) -> np.ndarray:
    """Refuse what are no texts.

    Parameters
    ----------
    estimator : estimator
        Learns nothing.
    X : array-like of shape (n_samples,)
        A list, an array, a Series or a DataFrame of one column, of strings, of which
        some may be missing.
    reset : bool
        Whether this is ``fit``, where at least one text must have words.

    Returns
    -------
    X : ndarray of object of shape (n_samples,)
        Strings, and None for what is missing.

    Raises
    ------
    ValueError
        If X has not one axis or no rows, if a row is no string, or in ``fit`` if all
        texts are empty or missing.
    TypeError
        If X is a single string, or nothing that has rows.

    Examples
    --------
    >>> from sklearn.base import BaseEstimator
    >>> from skautogen.inputs.text import check_texts
    >>> check_texts(BaseEstimator(), ["Win now!", None], reset=True)
    array(['Win now!', None], dtype=object)
    """
    entries = _check_rows(X)
    texts = np.empty(len(entries), dtype=object)
    for row, entry in enumerate(entries):
        if isinstance(entry, str):
            texts[row] = str(entry)
        elif not _is_missing(entry):
            raise ValueError(
                f"X, row {row}: a text must be a string; got {entry!r} of type "
                f"{type(entry).__name__}. {_ADVICE}."
            )
    if len(texts) == 0:
        raise ValueError(
            f"Found array with 0 sample(s) (shape=(0,)) while a minimum of 1 is "
            f"required by {type(estimator).__name__}."
        )
    if reset and not any(text and not text.isspace() for text in texts):
        raise ValueError(
            f"X holds {len(texts)} texts, all of them empty or missing. Give at least "
            "one text with words."
        )
    return texts


def _check_rows(X: Any) -> list[Any]:
    """Refuse what is no column, and give its rows."""
    rows = rows_of_column(X)
    if rows is not None:
        return rows
    if not hasattr(X, "__array__"):
        raise TypeError(
            f"X is of type {type(X).__name__}, and no collection of texts. {_ADVICE}."
        )
    shape = np.shape(X)
    if len(shape) != 1:
        raise ValueError(
            f"X has {len(shape)} axes, shape={shape}, and texts have one: (n_samples,)."
            f" {_ADVICE}."
        )
    numbers: list[Any] = np.asarray(X).tolist()
    return numbers


def _is_missing(entry: Any) -> bool:
    """Whether this is None, NaN, or the NA or NaT of pandas."""
    if entry is None or isinstance(entry, float):
        return entry is None or entry != entry
    return type(entry).__name__ in ("NAType", "NaTType")


class TextPreparer(TransformerMixin, BaseEstimator):
    """Prepare texts for a network.

    The first step of every pipeline for texts. Everything that it knows is learnt from
    the texts that it is fitted on. A missing text is one without words.

    Parameters
    ----------
    representation : {"ngrams", "tokens"}, default="ngrams"
        ``"ngrams"``: which n-grams of words and characters a text has, and what each
        weighs; choose it first. ``"tokens"``: its words in order, for networks to which
        order matters.

    Notes
    -----
    As n-grams, a text becomes the numbers of its terms and their weights. Terms are
    words, pairs of words, and n-grams of 2 to 4 characters within words. Of those that
    at least two training texts have, the 32,768 are kept that tell most of the target
    by the chi-squared statistic. Words count in lower case, as they are written, and
    with all digits alike. Weights are TF-IDF, with a length of 1 for words and pairs,
    and for characters. Seven more terms tell how the text is written: how long it is,
    and how many capitals, digits, signs and characters beyond ASCII it has. A text of
    more terms than nearly all have keeps those of the largest weights.

    As tokens, a text becomes the numbers of its words and signs in order, in lower case
    and with all digits alike, padded with 0. Where texts have fewer than four words, as
    names and languages without spaces, characters take the place of words. A sequence
    has as many steps as 95 % of the texts need, at most 128 words or 256 characters.

    References
    ----------
    S. Wang, C. D. Manning, "Baselines and Bigrams: Simple, Good Sentiment and Topic
    Classification", ACL 2012; A. Joulin, E. Grave, P. Bojanowski, T. Mikolov, "Bag of
    Tricks for Efficient Text Classification", EACL 2017.

    Examples
    --------
    >>> from skautogen.inputs import TextPreparer
    >>> texts = ["Win a prize now", "See you at home", "Win now", "At home"]
    >>> TextPreparer("tokens").fit(texts).transform(["Win at home"]).shape
    (1, 15)
    """

    def __init__(self, representation: str = "ngrams") -> None:
        self.representation = representation

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn the terms or tokens.

        Parameters
        ----------
        X : array-like of str of shape (n_samples,)
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            Says which n-grams tell most; without it the most frequent are taken.
        sample_weight : array-like of shape (n_samples,), default=None
            Rows of weight 0 are as if removed.

        Returns
        -------
        self : TextPreparer

        Raises
        ------
        ValueError, TypeError
            If X are no texts (see :func:`check_texts`), or a parameter is wrong.
        """
        validate_parameter_constraints(
            {"representation": [StrOptions({"ngrams", "tokens"})]},
            {"representation": self.representation},
            type(self).__name__,
        )
        texts = check_texts(self, X, reset=True)
        if sample_weight is not None:
            weight = np.asarray(sample_weight)
            check_not_all_zero(weight)
            texts = texts[weight > 0]
            y = None if y is None else np.asarray(y)[weight > 0]
        written = [text or "" for text in texts]
        if self.representation == "tokens":
            self._tokens = Tokens().fit(written)
        else:
            self._fit_ngrams(written, None if y is None else np.asarray(y))
        return self

    def _fit_ngrams(self, texts: list[str], y: np.ndarray | None) -> None:
        measures = measure_writing(texts)
        deviation = measures.std(axis=0)
        # A measure that never varies says nothing, and becomes 0.
        varies = deviation > _LEAST_DEVIATION
        self._center = measures.mean(axis=0)
        self._factor = np.where(varies, 1 / np.where(varies, deviation, 1.0), 0.0)
        self._ngrams = Ngrams().fit(read_words(texts), y)
        n_some = min(len(texts), _TEXTS_AT_ONCE)
        some = np.linspace(0, len(texts) - 1, n_some).astype(int)
        weights = self._ngrams.transform(read_words(texts[row] for row in some))
        usual = int(np.quantile(np.diff(weights.indptr), _USUAL_SHARE))
        room = min(_MOST_TERMS_OF_A_TEXT, _MOST_NUMBERS // (2 * len(texts)))
        self._n_of_a_text = max(1, min(round_up(usual), room))

    def transform(self, X: Any) -> np.ndarray:
        """Prepare texts.

        Parameters
        ----------
        X : array-like of str of shape (n_samples,)

        Returns
        -------
        prepared : ndarray of shape (n_samples, 2, n_terms) or (n_samples, n_steps)
            In float32. Of n-grams the numbers of the terms and then their weights, 0
            where a text has fewer; of tokens their numbers.

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError, TypeError
            If X are no texts.
        """
        check_is_fitted(self)
        texts = [text or "" for text in check_texts(self, X, reset=False)]
        prepare = self._prepare_ngrams
        if self.representation == "tokens":
            prepare = self._tokens.transform
        return np.concatenate([prepare(some) for some in _in_slices(texts)])

    def _prepare_ngrams(self, texts: list[str]) -> np.ndarray:
        most = self._n_of_a_text
        measures = (measure_writing(texts) - self._center) * self._factor
        prepared = np.zeros((len(texts), 2, N_MEASURES + most), dtype=np.float32)
        prepared[:, 0, :N_MEASURES] = np.arange(N_MEASURES)
        prepared[:, 1, :N_MEASURES] = _WEIGHT_OF_WRITING * np.clip(
            measures, -_LARGEST, _LARGEST
        )
        weights = self._ngrams.transform(read_words(texts))
        for row, (numbers, own) in enumerate(_rows(weights)):
            if len(own) > most:
                heaviest = np.argsort(-own, kind="stable")[:most]
                numbers, own = numbers[heaviest], own[heaviest]
            places = slice(N_MEASURES, N_MEASURES + len(own))
            prepared[row, 0, places] = N_MEASURES + numbers
            prepared[row, 1, places] = own
        return prepared

    def meta(self, support: np.ndarray | None = None) -> dict[str, Any]:
        """How many terms or tokens there are, rounded up so that folds agree.

        Parameters
        ----------
        support : None

        Returns
        -------
        meta : dict
            ``"n_terms_"`` of n-grams, ``"n_tokens_"`` of tokens: all numbers are below.
        """
        if self.representation == "tokens":
            return {"n_tokens_": self._tokens.n_tokens_}
        return {"n_terms_": round_up(N_MEASURES + self._ngrams.n_terms_)}

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "_tokens") or hasattr(self, "_ngrams")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        tags.input_tags.string = True
        tags.input_tags.allow_nan = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def _in_slices(texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        yield texts[start : start + _TEXTS_AT_ONCE]


def _rows(weights: csr_array) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The columns of each row, and what stands there."""
    ends = weights.indptr[1:-1]
    columns, values = np.split(weights.indices, ends), np.split(weights.data, ends)
    return zip(columns, values, strict=True)


def _looks_like_texts(X: Any) -> bool:
    """Whether what is looked at of X are strings, and not all paths of files."""
    rows = None if is_frame(X) else rows_of_column(X)
    looked_at = rows[:_N_LOOKED_AT] if rows else []
    some = [entry for entry in looked_at if not _is_missing(entry)]
    strings = [entry for entry in some if isinstance(entry, str)]
    # Of a few that are none the check will tell the rows.
    return 2 * len(strings) > len(some) and not all(map(_is_path, strings))


def _is_path(entry: str) -> bool:
    return is_image_path(entry) or entry.lower().endswith(".wav")


TEXT = InputKind(
    name="text",
    recognises=_looks_like_texts,
    check=check_texts,
    make_preparer=lambda estimator: TextPreparer(),
)
