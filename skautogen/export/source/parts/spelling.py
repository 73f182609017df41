"""Functions of generated files."""

import warnings

import numpy as np
import pandas as pd
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.pipeline import Pipeline, make_pipeline

from .words import read_words

N_SPELLING = 30


def fit_spelling(column: pd.Series) -> Pipeline:
    """Learn to describe words by their n-grams of characters."""
    words = sorted(read_words(column).dropna().unique())
    spelling = make_pipeline(
        HashingVectorizer(
            analyzer="char_wb", ngram_range=(3, 4), n_features=2**13, dtype=np.float32
        ),
        TfidfTransformer(),
        TruncatedSVD(N_SPELLING, random_state=0),
    )
    with warnings.catch_warnings():
        # Words that differ in case only have no variance to explain a share of.
        warnings.simplefilter("ignore", RuntimeWarning)
        return spelling.fit(words[:: -(-len(words) // 2000)])


def describe_spelling(column: pd.Series, spelling: Pipeline) -> np.ndarray:
    """Describe words by numbers, NaN where there is none."""
    words = read_words(column)
    described = np.full((len(words), N_SPELLING), np.nan)
    known = words.notna().to_numpy()
    if known.any():
        described[known] = spelling.transform(words[known]).round(5)
    return described
