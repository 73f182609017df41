"""A class of generated files."""

from typing import Self

import numpy as np
from scipy.sparse import csr_array, hstack
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.feature_selection import chi2

from .made import read_characters
from .measure_writing import measure_writing
from .settings import MOST_TERMS
from .words_and_pairs import read_words_and_pairs


class NgramPreprocessor(TransformerMixin, BaseEstimator):
    """Make of a text the numbers of its n-grams, and what each weighs.

    Of the n-grams that two texts have or more, those that tell most of the target by
    the chi-squared statistic. The first terms tell how a text is written.
    """

    readers = (read_words_and_pairs, read_characters)

    def fit(self, X: list[str], y: np.ndarray) -> Self:
        """Choose the terms."""
        measures = np.array([measure_writing(text) for text in X])
        deviation = measures.std(axis=0)
        self.center_ = measures.mean(axis=0)
        # Less than a length of 1, which the words have; constant ones become 0.
        self.width_ = np.where(deviation > 1e-9, deviation / 0.3, np.inf)
        found = [
            CountVectorizer(analyzer=read, min_df=2, binary=True).fit(X)
            for read in self.readers
        ]
        has_term = hstack([counter.transform(X) for counter in found], format="csr")
        scores = chi2(has_term, y)[0]
        is_best = np.zeros(len(scores), dtype=bool)
        is_best[np.argsort(-scores, kind="stable")[:MOST_TERMS]] = True
        terms = [counter.get_feature_names_out() for counter in found]
        best = np.split(is_best, [len(terms[0])])
        self.terms_ = [
            own[chosen].tolist() for own, chosen in zip(terms, best, strict=True)
        ]
        self.rarity_ = [each.fit(X).idf_ for each in self.make_vectorizers()]
        self.n_terms_ = len(self.center_) + sum(map(len, self.terms_))
        # As many as 98 % of the texts have.
        n_own = np.diff(self.weigh(X).indptr)
        self.n_of_a_text_ = min(max(1, int(np.quantile(n_own, 0.98))), 1024)
        return self

    def transform(self, X: list[str]) -> np.ndarray:
        """Number and weigh the terms of texts, of shape (n_texts, 2, n_of_a_text)."""
        n_measures = len(self.center_)
        measures = np.array([measure_writing(text) for text in X])
        prepared = np.zeros((len(X), 2, n_measures + self.n_of_a_text_), "float32")
        prepared[:, 0, :n_measures] = np.arange(n_measures)
        scaled = (measures - self.center_) / self.width_
        prepared[:, 1, :n_measures] = np.clip(scaled, -0.9, 0.9)
        weights = self.weigh(X)
        for row in range(len(X)):
            own = slice(*weights.indptr[row : row + 2])
            heaviest = np.argsort(-weights.data[own], kind="stable")
            heaviest = heaviest[: self.n_of_a_text_]
            places = slice(n_measures, n_measures + len(heaviest))
            prepared[row, 0, places] = n_measures + weights.indices[own][heaviest]
            prepared[row, 1, places] = weights.data[own][heaviest]
        return prepared

    def weigh(self, X: list[str]) -> csr_array:
        """TF-IDF, with a length of 1 of words and pairs, and of characters."""
        vectorizers = self.make_vectorizers()
        for vectorizer, rarity in zip(vectorizers, self.rarity_, strict=True):
            vectorizer.idf_ = rarity
        return csr_array(hstack([each.transform(X) for each in vectorizers]))

    def make_vectorizers(self) -> list[TfidfVectorizer]:
        """Make what weighs the terms that were chosen."""
        settings = {"lowercase": False, "sublinear_tf": True, "dtype": np.float32}
        return [
            TfidfVectorizer(analyzer=read, vocabulary=terms, **settings)
            for read, terms in zip(self.readers, self.terms_, strict=True)
        ]
