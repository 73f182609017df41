"""Texts taken apart: which words each has, every distinct one looked at once.

Texts repeat their words. What is to be found out about a word, its n-grams of
characters above all, is found out for the distinct ones, and brought to the texts as a
product of sparse matrices.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

# Letters and digits, or signs, that stand together.
_TOKEN = re.compile(r"\w+|[^\w\s]+")


@dataclass(frozen=True)
class Words:
    """The words of some texts, in order.

    Attributes
    ----------
    distinct : list of str
    numbers : ndarray of int of shape (n_words,)
        Which of the distinct ones each word of the texts is.
    ends : ndarray of int of shape (n_texts + 1,)
        The words of text i are those from ``ends[i]`` to ``ends[i + 1]``.
    """

    distinct: list[str]
    numbers: np.ndarray
    ends: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> Words:
        """Number the words of texts that are lists of words."""
        numbers_of: defaultdict[str, int] = defaultdict()
        numbers_of.default_factory = numbers_of.__len__
        numbers, ends = array("i"), array("q", [0])
        for words in texts:
            numbers.extend(map(numbers_of.__getitem__, words))
            ends.append(len(numbers))
        as_array = np.frombuffer(numbers, np.int32) if numbers else np.empty(0, int)
        return cls(list(numbers_of), as_array, np.frombuffer(ends, np.int64))

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.ends) - 1

    @cached_property
    def texts(self) -> np.ndarray:
        """Which text each word is of, of shape (n_words,)."""
        return np.repeat(np.arange(len(self)), np.diff(self.ends))

    @cached_property
    def counts(self) -> csr_array:
        """How often each text has each distinct word: (n_texts, n_distinct)."""
        shape = len(self), len(self.distinct)
        ones = np.ones(len(self.numbers), dtype=np.float32)
        # A copy: to sum duplicates up moves the numbers about.
        counts = csr_array((ones, self.numbers, self.ends), shape=shape, copy=True)
        counts.sum_duplicates()
        return counts

    def pairs(self, fewest: int = 1) -> Words:
        """The texts as the pairs of words that follow one another.

        Parameters
        ----------
        fewest : int, default=1
            How often a pair is there at least; rarer ones are left out.

        Returns
        -------
        pairs : Words
        """
        n_distinct = len(self.distinct)
        follows = self.texts[:-1] == self.texts[1:]
        first, second = self.numbers[:-1][follows], self.numbers[1:][follows]
        distinct, numbers, counts = np.unique(
            first.astype(np.int64) * n_distinct + second,
            return_inverse=True,
            return_counts=True,
        )
        is_kept = counts >= fewest
        names = [
            f"{self.distinct[a]} {self.distinct[b]}"
            for a, b in zip(*np.divmod(distinct[is_kept], n_distinct), strict=True)
        ]
        kept = is_kept[numbers]
        n_pairs = np.bincount(self.texts[:-1][follows][kept], minlength=len(self))
        ends = np.concatenate([[0], np.cumsum(n_pairs)])
        return Words(names, (np.cumsum(is_kept) - 1)[numbers[kept]], ends)

    def split(self, parts_of: Callable[[str], Sequence[str]]) -> Words:
        """The texts in the parts that their words have, in order.

        Parameters
        ----------
        parts_of : callable
            Gives the parts of a word, of which there may be none.

        Returns
        -------
        parts : Words
        """
        of_words = Words.of(map(parts_of, self.distinct))
        n_parts = np.diff(of_words.ends)[self.numbers]
        ends = np.concatenate([[0], np.cumsum(n_parts)])
        first = np.repeat(of_words.ends[:-1][self.numbers] - ends[:-1], n_parts)
        numbers = of_words.numbers[first + np.arange(ends[-1])]
        return Words(of_words.distinct, numbers, ends[self.ends])


def read_words(texts: Iterable[str | None]) -> Words:
    """Take texts apart at their spaces.

    Parameters
    ----------
    texts : iterable of str or None
        A text that is missing has no words.

    Returns
    -------
    words : Words
        As they are written.
    """
    return Words.of(text.split() if text else () for text in texts)


def tokens_of(word: str) -> list[str]:
    """The parts of a word that are letters and digits, and those that are signs."""
    return _TOKEN.findall(word)


def round_up(n: int) -> int:
    """To one of eight sizes an octave: folds that differ by a little agree.

    Parameters
    ----------
    n : int

    Returns
    -------
    size : int
        At least n.

    Examples
    --------
    >>> from skautogen.inputs._words import round_up
    >>> [round_up(each) for each in (5, 100, 101)]
    [5, 104, 104]
    """
    step: int = 2 ** max(0, n.bit_length() - 4)
    return -(-n // step) * step
