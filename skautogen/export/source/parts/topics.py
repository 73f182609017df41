"""Functions of generated files."""

from statistics import median

import numpy as np
import pandas as pd
from sklearn.decomposition import TruncatedSVD

from .find_terms import find_terms, pick_terms
from .measure_writing import measure_writing
from .weigh_terms import find_rarity, weigh_terms
from .words import read_words


def fit_topics(column: pd.Series) -> dict:
    """Learn what texts are about, by latent semantic analysis of their n-grams."""
    texts = sorted(read_words(column).dropna().unique())
    texts = texts[:: -(-len(texts) // 20_000)]
    found, has_term = find_terms(texts)
    terms = pick_terms(found, has_term.sum(axis=0), most=2**14)
    rarity = find_rarity(texts, terms)
    # One topic for 15 texts, and ten for each word of a text.
    n_words = median(len(text.split()) for text in texts)
    n_topics = max(30, min(len(texts) // 15, int(10 * n_words)))
    n_topics = min(n_topics, 200, sum(map(len, terms)), len(texts))
    svd = TruncatedSVD(n_topics, n_iter=3, random_state=0)
    svd.fit(weigh_terms(texts, terms, rarity))
    return {"terms": terms, "rarity": rarity, "svd": svd}


def describe_topics(column: pd.Series, topics: dict) -> np.ndarray:
    """Describe texts by topics, NaN where there is none."""
    texts = read_words(column)
    described = np.full((len(texts), topics["svd"].n_components), np.nan)
    known = texts.notna().to_numpy()
    if known.any():
        weights = weigh_terms(texts[known], topics["terms"], topics["rarity"])
        described[known] = (2 * topics["svd"].transform(weights)).round(5)
    return described


def describe_writing(column: pd.Series) -> np.ndarray:
    """Describe how texts are written, NaN where there is none."""
    texts = read_words(column)
    return np.array(
        [[np.nan] * 7 if pd.isna(text) else measure_writing(text) for text in texts]
    )
