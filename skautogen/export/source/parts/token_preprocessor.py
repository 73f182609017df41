"""A class of generated files."""

import zlib
from collections import Counter
from typing import Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from .made import read_tokens
from .settings import MOST_STEPS, MOST_TOKENS

N_SHARED = 64


class TokenPreprocessor(TransformerMixin, BaseEstimator):
    """Make of texts the numbers of their tokens, in order, padded with 0.

    Tokens that a single text has, and those that are new, share N_SHARED numbers.
    """

    def fit(self, X: list[str], y=None) -> Self:
        """Learn the frequent tokens, and how long texts are."""
        texts = [read_tokens(text) for text in X]
        n_texts_with = Counter(token for tokens in texts for token in set(tokens))
        frequent = [token for token, n in n_texts_with.items() if n >= 2]
        frequent.sort(key=lambda token: (-n_texts_with[token], token))
        known = enumerate(frequent[:MOST_TOKENS], start=1 + N_SHARED)
        self.numbers_ = {token: number for number, token in known}
        self.n_tokens_ = 1 + N_SHARED + len(self.numbers_)
        # As many steps as 95 % of the texts need.
        usual = int(np.quantile([len(tokens) for tokens in texts], 0.95))
        self.n_steps_ = min(max(1, usual), MOST_STEPS)
        return self

    def transform(self, X: list[str]) -> np.ndarray:
        """Number the tokens of texts; what is beyond the usual length is cut."""
        prepared = np.zeros((len(X), self.n_steps_), dtype="float32")
        for row, text in zip(prepared, X, strict=True):
            tokens = read_tokens(text)[: self.n_steps_]
            row[: len(tokens)] = [self.number(token) for token in tokens]
        return prepared

    def number(self, token: str) -> int:
        """The number of a token; not by ``hash``, which differs between processes."""
        shared = 1 + zlib.crc32(token.encode("utf-8", "surrogatepass")) % N_SHARED
        return self.numbers_.get(token, shared)
