"""How texts are written: how long, with how many capitals, digits and signs.

Spam shouts, and lists are longer than jokes: this is what n-grams do not see.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# What each measure is called.
MEASURES = (
    "log_characters",
    "log_words",
    "characters_of_a_word",
    "capitals",
    "digits",
    "signs",
    "beyond_ascii",
)
N_MEASURES = len(MEASURES)


def measure_writing(texts: Sequence[str]) -> np.ndarray:
    """Measure how texts are written.

    Parameters
    ----------
    texts : sequence of str of length n_texts

    Returns
    -------
    measures : ndarray of shape (n_texts, 7)
        Logarithms of the numbers of characters and words, characters of a word; of the
        characters, the shares of capitals, digits, signs, and those beyond ASCII.

    Examples
    --------
    >>> from skautogen.inputs._writing import measure_writing
    >>> measure_writing(["WIN 10!"])[0, 3:].round(2)
    array([0.43, 0.29, 0.14, 0.  ])
    """
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    n_words = np.array([text.count(" ") for text in texts], dtype=np.int64) + 1
    ends = np.concatenate([[0], np.cumsum(lengths)])
    codes = np.frombuffer(
        "".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    )
    distinct = np.unique(codes)
    characters = list(map(chr, distinct.tolist()))
    sorts = [
        [each.isupper() for each in characters],
        [each.isdigit() for each in characters],
        [not each.isalnum() and not each.isspace() for each in characters],
        (distinct > 127).tolist(),
    ]
    places = np.searchsorted(distinct, codes)
    shares = []
    for sort in sorts:
        is_of_sort = np.array(sort, dtype=np.int64)[places]
        until = np.concatenate([[0], np.cumsum(is_of_sort)])
        shares.append(np.diff(until[ends]) / np.maximum(lengths, 1))
    means = lengths / n_words
    return np.column_stack([np.log1p(lengths), np.log1p(n_words), means, *shares])
