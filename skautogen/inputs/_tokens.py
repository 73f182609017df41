"""Texts as sequences of tokens, each told by a number."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Self

import numpy as np

from ._words import Words, read_words, round_up, tokens_of

# Tokens with numbers of their own, the most frequent of those that several texts have.
_MOST_TOKENS, _FEWEST_TEXTS = 2**13, 2
# All others share so many numbers; 0 is padding.
_N_SHARED = 64
# As many steps as all but a few texts have, and no more than a network soon reads.
_USUAL_SHARE = 0.95
_MOST_WORDS, _MOST_CHARACTERS = 128, 256
# Texts of fewer words, by the median, are read character by character: names, codes,
# and languages without spaces.
_FEWEST_WORDS = 4

_DIGIT = re.compile(r"\d")


class Tokens:
    """Sequences of the numbers of tokens, padded with 0 at the end.

    Tokens are words and signs, in lower case and with all digits alike, or characters
    as they are where texts have too few words. Long texts are cut.

    Attributes
    ----------
    n_tokens_ : int
        All numbers are below.
    n_steps_ : int
        Tokens of a sequence.
    """

    def fit(self, texts: Sequence[str]) -> Self:
        """Learn the tokens and the usual length.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        self : Tokens
        """
        n_words = np.diff(_read_tokens(texts).ends)
        some = n_words[n_words > 0]
        self._by_character = bool(len(some)) and np.median(some) < _FEWEST_WORDS
        tokens = self._read(texts)
        lengths = np.diff(tokens.ends)
        most = _MOST_CHARACTERS if self._by_character else _MOST_WORDS
        usual = int(np.quantile(lengths, _USUAL_SHARE)) if len(lengths) else 1
        self.n_steps_ = min(round_up(max(1, usual)), most)
        n_texts_with = np.bincount(
            tokens.counts.indices, minlength=len(tokens.distinct)
        )
        frequent = np.flatnonzero(n_texts_with >= _FEWEST_TEXTS)
        order = sorted(
            frequent,
            key=lambda number: (-n_texts_with[number], tokens.distinct[number]),
        )
        known = [tokens.distinct[number] for number in order[:_MOST_TOKENS]]
        first = 1 + _N_SHARED
        self._numbers = {token: first + number for number, token in enumerate(known)}
        self.n_tokens_ = round_up(first + len(known))
        return self

    def transform(self, texts: Sequence[str]) -> np.ndarray:
        """Number the tokens of texts.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        sequences : ndarray of shape (n_texts, n_steps_), float32
        """
        tokens = self._read(texts)
        numbers = np.array([self._number(each) for each in tokens.distinct], dtype=int)
        lengths = np.minimum(np.diff(tokens.ends), self.n_steps_)
        sequences = np.zeros((len(texts), self.n_steps_), dtype=np.float32)
        is_there = np.arange(self.n_steps_) < lengths[:, None]
        first = np.repeat(tokens.ends[:-1], lengths)
        step = np.nonzero(is_there)[1]
        sequences[is_there] = numbers[tokens.numbers[first + step]]
        return sequences

    def _read(self, texts: Sequence[str]) -> Words:
        return Words.of(texts) if self._by_character else _read_tokens(texts)

    def _number(self, token: str) -> int:
        # Not Python's hash, which differs from process to process.
        shared = 1 + zlib.crc32(token.encode("utf-8", "surrogatepass")) % _N_SHARED
        return self._numbers.get(token, shared)


def _read_tokens(texts: Sequence[str]) -> Words:
    return read_words(texts).split(
        lambda word: tokens_of(_DIGIT.sub("0", word.lower()))
    )
