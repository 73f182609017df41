"""N-grams of characters, told by numbers: millions of them in a second."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

# Characters of the longest: as many as a number of 64 bits has room for, at 16 each.
LONGEST = 4
_BITS = 16
# Longer words are none of a language; where no spaces are written, sentences may be as
# long.
_LONGEST_WORD = 1_000
_SPACE = ord(" ")


def count_ngrams(words: Sequence[str]) -> tuple[np.ndarray, csr_array]:
    """Count the n-grams of the characters of words.

    A word counts with a space before and one after it. A character beyond the first
    65,536 of Unicode, such as an emoji, counts as two.

    Parameters
    ----------
    words : sequence of str
        Without spaces.

    Returns
    -------
    ngrams : ndarray of shape (n_ngrams,), uint64
        Those that there are, each told by a number; ascending.
    counts : csr_array of shape (n_words, n_ngrams)
        How often each word has each.

    Examples
    --------
    >>> from skautogen.inputs._characters import count_ngrams
    >>> ngrams, counts = count_ngrams(["no", "no!"])
    >>> counts.sum(axis=1).tolist()  # " n", "no", "o ", " no", "no ", " no "; ...
    [6.0, 9.0]
    """
    joined = "  ".join(word[:_LONGEST_WORD] for word in words)
    encoded = f" {joined} ".encode("utf-16-le", "surrogatepass")
    units = np.frombuffer(encoded, dtype=np.uint16)
    is_space = units == _SPACE
    # A word begins at the second of two spaces.
    begins = np.concatenate([[False], is_space[1:] & is_space[:-1]])
    word_of = np.cumsum(begins, dtype=np.int32)
    found, owners = [], []
    ngram = units.astype(np.uint64)
    for length in range(2, LONGEST + 1):
        following = units[length - 1 :].astype(np.uint64)
        ngram = ngram[: len(following)] | following << np.uint64(_BITS * (length - 1))
        within = word_of[: len(following)] == word_of[length - 1 :]
        found.append(ngram[within])
        owners.append(word_of[: len(following)][within])
    ngrams, columns = np.unique(np.concatenate(found), return_inverse=True)
    rows = np.concatenate(owners)
    ones = np.ones(len(rows), dtype=np.float32)
    return ngrams, csr_array((ones, (rows, columns)), shape=(len(words), len(ngrams)))
