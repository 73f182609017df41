"""Functions of generated files."""

import numpy as np
from scipy.sparse import csr_array, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from .made import read_characters
from .words_and_pairs import read_words_and_pairs


def weigh_terms(
    texts: list[str], terms: list[list[str]], rarity: list[np.ndarray]
) -> csr_array:
    """TF-IDF, with a length of 1 of words and pairs, and of characters."""
    vectorizers = make_vectorizers(terms)
    for vectorizer, own in zip(vectorizers, rarity, strict=True):
        vectorizer.idf_ = own
    return csr_array(hstack([each.transform(texts) for each in vectorizers]))


def find_rarity(texts: list[str], terms: list[list[str]]) -> list[np.ndarray]:
    """Inverse document frequencies of terms."""
    return [each.fit(texts).idf_ for each in make_vectorizers(terms)]


def make_vectorizers(terms: list[list[str]]) -> list[TfidfVectorizer]:
    """Make what weighs words and pairs, and what weighs n-grams of characters."""
    settings = {"lowercase": False, "sublinear_tf": True, "dtype": np.float32}
    readers = zip((read_words_and_pairs, read_characters), terms, strict=True)
    return [
        TfidfVectorizer(analyzer=read, vocabulary=own, **settings)
        for read, own in readers
    ]
