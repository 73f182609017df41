"""A class of generated files."""

from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_selection import chi2

from .find_terms import find_terms, pick_terms
from .measure_writing import measure_writing
from .settings import MOST_TERMS
from .weigh_terms import find_rarity, weigh_terms


class NgramPreprocessor(TransformerMixin, BaseEstimator):
    """Make of a text the numbers of its n-grams, and what each weighs.

    Of the n-grams that two texts have or more, those that tell most of the target by
    the chi-squared statistic. The first terms tell how a text is written.
    """

    def fit(self, X: list[str], y: np.ndarray) -> Self:
        """Choose the terms."""
        measures = np.array([measure_writing(text) for text in X])
        deviation = measures.std(axis=0)
        self.center_ = measures.mean(axis=0)
        # Less than a length of 1, which the words have; constant ones become 0.
        self.width_ = np.where(deviation > 1e-9, deviation / 0.3, np.inf)
        found, has_term = find_terms(X)
        scores = chi2(has_term, y)[0]
        self.terms_ = pick_terms(found, scores, MOST_TERMS)
        self.rarity_ = find_rarity(X, self.terms_)
        self.n_terms_ = len(self.center_) + sum(map(len, self.terms_))
        # As many as 98 % of the texts have.
        n_own = np.diff(weigh_terms(X, self.terms_, self.rarity_).indptr)
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
        weights = weigh_terms(X, self.terms_, self.rarity_)
        for row in range(len(X)):
            own = slice(*weights.indptr[row : row + 2])
            heaviest = np.argsort(-weights.data[own], kind="stable")
            heaviest = heaviest[: self.n_of_a_text_]
            places = slice(n_measures, n_measures + len(heaviest))
            prepared[row, 0, places] = n_measures + weights.indices[own][heaviest]
            prepared[row, 1, places] = weights.data[own][heaviest]
        return prepared
