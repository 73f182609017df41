"""Columns of texts of several words: what each is about, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from ._ngrams import Ngrams
from ._words import read_words
from ._writing import MEASURES, measure_writing

# Words that texts have at the least, by the median; shorter ones are names, titles or
# codes, which are told by their spelling.
_FEWEST_WORDS = 5
# Texts by which topics are learnt, and n-grams that are looked at.
_MOST_TEXTS, _MOST_TERMS = 20_000, 2**14
# Numbers that describe a text: one for so many texts, and so many for each word of one.
_TEXTS_A_TOPIC, _TOPICS_A_WORD, _FEWEST_TOPICS, _MOST_TOPICS = 15, 10, 30, 200
# What brings the numbers, whose squares sum to 2 at most, to the size of others.
_SCALE = 2.0


@dataclass(frozen=True)
class Topics:
    """Latent semantic analysis of n-grams of words and characters.

    Attributes
    ----------
    ngrams : Ngrams
    reduction : sklearn.decomposition.TruncatedSVD
    """

    ngrams: Ngrams
    reduction: Any

    @property
    def n_topics(self) -> int:
        return len(self.reduction.components_)

    @property
    def suffixes(self) -> list[str]:
        """What each number is called: those of topics, then those of writing."""
        return [f"_topic{i}" for i in range(self.n_topics)] + [
            f"_{name}" for name in MEASURES
        ]

    def describe(self, texts: Sequence[str]) -> np.ndarray:
        """Describe texts (n,) by numbers (n, k); topics are of a good scale."""
        if not texts:
            return np.empty((0, len(self.suffixes)))
        weights = self.ngrams.transform(read_words(texts))
        # Rounding keeps the noise of single precision from being scaled up.
        topics = np.round(_SCALE * self.reduction.transform(weights), 5)
        return np.hstack([topics, measure_writing(texts)])


def is_free_text(values: Sequence[str]) -> bool:
    """Whether distinct values of a column are texts of several words."""
    return median(len(value.split()) for value in values) >= _FEWEST_WORDS


def fit_topics(values: Sequence[str]) -> Topics:
    """Learn what texts are about.

    Parameters
    ----------
    values : sequence of str
        The distinct ones, in alphabetical order.

    Returns
    -------
    topics : Topics
    """
    from sklearn.decomposition import TruncatedSVD

    texts = values[:: -(-len(values) // _MOST_TEXTS)]
    words = read_words(texts)
    ngrams = Ngrams(_MOST_TERMS).fit(words, None)
    n_words = median(len(text.split()) for text in texts)
    wished = min(len(texts) // _TEXTS_A_TOPIC, int(_TOPICS_A_WORD * n_words))
    most = min(_MOST_TOPICS, ngrams.n_terms_, len(texts))
    n_topics = min(max(wished, _FEWEST_TOPICS), most)
    reduction = TruncatedSVD(n_topics, n_iter=3, random_state=0)
    return Topics(ngrams, reduction.fit(ngrams.transform(words)))
