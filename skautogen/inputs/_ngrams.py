"""N-grams of words and characters: which texts have which, and which of them tell most.

Shapes: n texts, u distinct units (words, or pairs of words), t terms (n-grams), g
groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_array, hstack

from ._characters import count_ngrams
from ._words import Words, tokens_of

# Terms of all sorts together: those that tell most of the target. With half as many, a
# linear model was worse on texts of 20 topics (docs/text.md).
MOST_TERMS = 2**15
# Terms of a sort that are looked at to find these: the most frequent.
_MOST_CANDIDATES = 2**18
# A term that one text has alone says nothing of others.
_FEWEST_TEXTS = 2
# Characters of the units that are looked at: the most frequent.
_MOST_CHARACTERS = 2_000_000
# Numbers of a product that are there at once.
_NUMBERS_AT_ONCE = 2**22
# Groups that a numeric target is divided into, to see which terms go with which.
_N_GROUPS = 8

_DIGIT = re.compile(r"\d")


def _terms_of_word(word: str) -> list[str]:
    """Its tokens in lower case, as they are written, and with all digits alike."""
    terms = []
    for token in tokens_of(word):
        lower = token.lower()
        terms.append(lower)
        if token != lower:
            terms.append(token)
        if _DIGIT.search(token):
            terms.append(_DIGIT.sub("0", lower))
    return terms


def _tokens_of_pairs(word: str) -> list[str]:
    return tokens_of(_DIGIT.sub("0", word.lower()))


def _pair(words: Words, fewest: int) -> Words:
    return words.split(_tokens_of_pairs).pairs(fewest)


def _count_words(units: list[str]) -> tuple[np.ndarray, csr_array]:
    parts = Words.of(map(_terms_of_word, units))
    return np.array(parts.distinct, dtype=object), parts.counts


def _count_units(units: list[str]) -> tuple[np.ndarray, csr_array]:
    ones = np.ones(len(units), dtype=np.float32)
    numbers = np.arange(len(units))
    shape = len(units), len(units)
    incidence = csr_array((ones, (numbers, numbers)), shape=shape)
    return np.array(units, dtype=object), incidence


def _count_characters(units: list[str]) -> tuple[np.ndarray, csr_array]:
    return count_ngrams([unit.lower() for unit in units])


@dataclass(frozen=True)
class _Sort:
    """A sort of terms.

    Attributes
    ----------
    units_of : callable
        From the words of texts to the units that the terms are in; these may be left
        out that are there less often than a number says.
    count : callable
        From units to the distinct terms in them, an array of shape (t,), and how often
        each unit has each, of shape (u, t).
    block : int
        Within a block, the weights of a text have a length of 1.
    """

    units_of: Callable[[Words, int], Words]
    count: Callable[[list[str]], tuple[np.ndarray, csr_array]]
    block: int


_SORTS = (
    _Sort(lambda words, fewest: words, _count_words, block=0),
    _Sort(_pair, _count_units, block=0),
    _Sort(lambda words, fewest: words, _count_characters, block=1),
)


@dataclass(frozen=True)
class _Candidates:
    """Terms of a sort.

    Attributes
    ----------
    terms : ndarray of shape (t,)
        Ascending.
    n_texts_with : ndarray of shape (t,)
        How many texts have each.
    scores : ndarray of shape (t,)
        How much each tells of the target.
    """

    terms: np.ndarray
    n_texts_with: np.ndarray
    scores: np.ndarray


@dataclass(frozen=True)
class _Vocabulary:
    """Terms of a sort, and what each is worth.

    Attributes
    ----------
    numbers : dict
        The terms, and which column each is.
    rarity : ndarray of shape (t,)
        Inverse document frequency.
    """

    numbers: dict[object, int]
    rarity: np.ndarray

    def weigh(
        self, counts: csr_array, terms: np.ndarray, units: csr_array
    ) -> csr_array:
        """TF-IDF of texts, of shape (n, t).

        Parameters
        ----------
        counts : csr_array of shape (u, s)
            How often each unit has each of some terms.
        terms : ndarray of shape (s,)
            These, of which not all need be in the vocabulary.
        units : csr_array of shape (n, u)
            How often each text has each unit.
        """
        nowhere = -1
        columns = [self.numbers.get(term, nowhere) for term in terms.tolist()]
        known = np.array(columns, dtype=int)[counts.indices]
        kept = known != nowhere
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))[kept]
        shape = counts.shape[0], len(self.rarity)
        own = csr_array((counts.data[kept], (rows, known[kept])), shape=shape)
        weights = csr_array(units @ own)
        weights.data = (1 + np.log(weights.data)) * self.rarity[weights.indices]
        return weights


class Ngrams:
    """Weights of n-grams, chosen by how much they tell of a target.

    Words, pairs of words, and n-grams of 2 to 4 characters within words. Words count
    in lower case, as they are written, and with their digits alike. Weights are TF-IDF.

    Parameters
    ----------
    most_terms : int, default=32768
        Of all sorts together.

    Attributes
    ----------
    n_terms_ : int
    """

    def __init__(self, most_terms: int = MOST_TERMS) -> None:
        self._most_terms = most_terms

    def fit(self, words: Words, y: np.ndarray | None) -> Self:
        """Choose the terms.

        Parameters
        ----------
        words : Words
            Of n texts.
        y : ndarray of shape (n,) or (n, n_outputs), or None
            Labels or numbers. Without, the most frequent terms are chosen.

        Returns
        -------
        self : Ngrams
        """
        groups = _divide(y, len(words))
        found = [_find_candidates(words, sort, groups) for sort in _SORTS]
        scores = np.concatenate([each.scores for each in found])
        best = np.argsort(-scores, kind="stable")[: self._most_terms]
        is_chosen = np.zeros(len(scores), dtype=bool)
        is_chosen[best] = True
        ends = np.cumsum([len(each.terms) for each in found])
        self._vocabularies = [
            _make_vocabulary(each, np.flatnonzero(own), len(words))
            for each, own in zip(found, np.split(is_chosen, ends[:-1]), strict=True)
        ]
        self.n_terms_ = len(best)
        return self

    def transform(self, words: Words) -> csr_array:
        """Weigh the terms that texts have.

        Parameters
        ----------
        words : Words
            Of n texts.

        Returns
        -------
        weights : csr_array of shape (n, n_terms_), float32
        """
        blocks: dict[int, list[csr_array]] = {}
        for sort, vocabulary in zip(_SORTS, self._vocabularies, strict=True):
            units = sort.units_of(words, 1)
            terms, counts = sort.count(units.distinct)
            weights = vocabulary.weigh(counts, terms, units.counts)
            blocks.setdefault(sort.block, []).append(weights)
        parts = [_at_length_1(csr_array(hstack(each))) for each in blocks.values()]
        joined = csr_array(hstack(parts))
        # A product leaves them in an order that depends on the other texts.
        joined.sort_indices()
        return joined


def _at_length_1(weights: csr_array) -> csr_array:
    """Each row divided by its length, in place; one without weights stays 0."""
    n_own = np.diff(weights.indptr)
    rows = np.repeat(np.arange(len(n_own)), n_own)
    squares = np.bincount(rows, weights.data**2, minlength=len(n_own))
    weights.data /= np.sqrt(squares[rows]).astype(np.float32)
    return weights


def _make_vocabulary(
    found: _Candidates, chosen: np.ndarray, n_texts: int
) -> _Vocabulary:
    terms = found.terms[chosen].tolist()
    rarity = np.log((1 + n_texts) / (1 + found.n_texts_with[chosen])) + 1
    numbers = {term: number for number, term in enumerate(terms)}
    return _Vocabulary(numbers, rarity.astype(np.float32))


def _find_candidates(words: Words, sort: _Sort, groups: csr_array) -> _Candidates:
    """Find the frequent terms of a sort, and how much each tells of the groups."""
    units = sort.units_of(words, _FEWEST_TEXTS)
    has_unit = _presence(units.counts)
    n_texts_with_unit = np.bincount(has_unit.indices, minlength=len(units.distinct))
    looked_at = _most_frequent(units.distinct, n_texts_with_unit)
    terms, counts = sort.count([units.distinct[number] for number in looked_at])
    has_term = _presence(counts)
    # How many texts have a term; or more, where they have it in several units.
    at_most = has_term.T @ n_texts_with_unit[looked_at]
    frequent = np.flatnonzero(at_most >= _FEWEST_TEXTS)
    if len(frequent) > _MOST_CANDIDATES:
        order = np.argsort(-at_most[frequent], kind="stable")
        frequent = frequent[order[:_MOST_CANDIDATES]]
    # Numbers are in order, and words in that of the texts: nothing may depend on it.
    frequent = frequent[np.argsort(terms[frequent], kind="stable")]
    in_groups = _count_in_groups(
        csr_array(has_unit[:, looked_at]), csr_array(has_term[:, frequent]), groups
    )
    n_texts_with = in_groups[:, [0]].toarray().ravel()
    enough = np.flatnonzero(n_texts_with >= _FEWEST_TEXTS)
    scores = _chi_squared(csr_array(in_groups[enough]), groups)
    return _Candidates(terms[frequent[enough]], n_texts_with[enough], scores)


def _presence(counts: csr_array) -> csr_array:
    present = counts.copy()
    present.data = np.ones_like(present.data)
    return present


def _most_frequent(units: list[str], n_texts_with: np.ndarray) -> np.ndarray:
    """The numbers of the units that are looked at."""
    lengths = np.fromiter(map(len, units), dtype=np.int64, count=len(units))
    if lengths.sum() <= _MOST_CHARACTERS:
        return np.arange(len(units))
    order = np.argsort(-n_texts_with, kind="stable")
    return order[np.cumsum(lengths[order]) <= _MOST_CHARACTERS]


def _divide(y: np.ndarray | None, n_texts: int) -> csr_array:
    """Which groups each text is in, of shape (n, 1 + g): all, and those of a target."""
    numbers = [np.zeros(n_texts, dtype=int)]
    n_groups = 1
    outputs: Any = [] if y is None else np.asarray(y).reshape(n_texts, -1).T
    for output in outputs:
        if output.dtype.kind == "f" and len(np.unique(output)) > _N_GROUPS:
            shares = np.arange(1, _N_GROUPS) / _N_GROUPS
            output = np.searchsorted(np.quantile(output, shares), output)
        labels, own = np.unique(output, return_inverse=True)
        numbers.append(n_groups + own)
        n_groups += len(labels)
    ones = np.ones(n_texts * len(numbers), dtype=np.float32)
    ends = np.arange(n_texts + 1) * len(numbers)
    shape = n_texts, n_groups
    return csr_array((ones, np.column_stack(numbers).ravel(), ends), shape=shape)


def _count_in_groups(
    has_unit: csr_array, has_term: csr_array, groups: csr_array
) -> csr_array:
    """How many texts of each group have each term, of shape (t, 1 + g)."""
    total = csr_array((has_term.shape[1], groups.shape[1]), dtype=np.float32)
    # What the product of the first rows has, at most.
    costs = np.cumsum(has_unit @ np.diff(has_term.indptr))
    starts = np.searchsorted(costs, np.arange(0, costs[-1] + 1, _NUMBERS_AT_ONCE))
    for rows in map(slice, starts, [*starts[1:], groups.shape[0]]):
        has = _presence(csr_array(has_unit[rows] @ has_term))
        total += csr_array(has.T @ groups[rows])
    return total


def _chi_squared(in_groups: csr_array, groups: csr_array) -> np.ndarray:
    """How far the texts with a term are from having the groups' shares, of shape (t,).

    Without groups, how many there are.
    """
    n_terms, n_groups = in_groups.shape
    shares = groups.sum(axis=0) / groups.shape[0]
    scores = [np.empty(0)]
    step = max(1, _NUMBERS_AT_ONCE // n_groups)
    for start in range(0, n_terms, step):
        counts = in_groups[start : start + step].toarray()
        n_texts_with = counts[:, :1]
        if n_groups == 1:
            scores.append(n_texts_with[:, 0])
            continue
        expected = n_texts_with * shares[1:]
        distance = (counts[:, 1:] - expected) ** 2 / expected
        scores.append(distance.sum(axis=1))
    return np.concatenate(scores)
