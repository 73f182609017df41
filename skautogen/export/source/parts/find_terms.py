"""Functions of generated files."""

import numpy as np
from scipy.sparse import csr_array, hstack
from sklearn.feature_extraction.text import CountVectorizer

from .made import read_characters
from .words_and_pairs import read_words_and_pairs


def find_terms(texts: list[str]) -> tuple[list[np.ndarray], csr_array]:
    """Find terms that two texts have or more, of each sort, and which has which."""
    counters = [
        CountVectorizer(analyzer=read, min_df=2, binary=True).fit(texts)
        for read in (read_words_and_pairs, read_characters)
    ]
    terms = [counter.get_feature_names_out() for counter in counters]
    return terms, csr_array(hstack([each.transform(texts) for each in counters]))


def pick_terms(
    terms: list[np.ndarray], scores: np.ndarray, most: int
) -> list[list[str]]:
    """Pick the terms of the highest scores."""
    is_best = np.zeros(len(scores), dtype=bool)
    is_best[np.argsort(-scores, kind="stable")[:most]] = True
    picked = np.split(is_best, [len(terms[0])])
    return [own[best].tolist() for own, best in zip(terms, picked, strict=True)]
