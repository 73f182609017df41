"""The terms of n-grams that were learned, as strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

# Of characters as UTF-16 has them: those beyond the first 65,536 are two.
_BITS = 16
_FIRST_OF_TWO, _LAST_OF_TWO = "\ud800", "\udfff"


def read_vocabularies(ngrams: Any) -> tuple[list[list[str]], list[np.ndarray]]:
    """Read the terms, and what each is worth: of words and pairs, and of characters.

    Parameters
    ----------
    ngrams : Ngrams
        Fitted.

    Returns
    -------
    terms : list of list of str
    rarity : list of ndarray
    """
    words, pairs, characters = ngrams._vocabularies
    terms = [[*words.numbers, *pairs.numbers], list(map(_decode, characters.numbers))]
    return terms, [np.concatenate([words.rarity, pairs.rarity]), characters.rarity]


def characters_part(vocabularies: Sequence[list[list[str]]]) -> str:
    """The file of :mod:`..parts` that reads n-grams of characters.

    Parameters
    ----------
    vocabularies : sequence of list of list of str
        Terms, as :func:`read_vocabularies` gives them.

    Returns
    -------
    part : str
    """
    halves = (
        _FIRST_OF_TWO <= each <= _LAST_OF_TWO
        for terms in vocabularies
        for term in terms[1]
        for each in term
    )
    return "characters_in_utf16" if any(halves) else "characters"


def _decode(number: int) -> str:
    """An n-gram of characters, of the number that stands for it."""
    characters = []
    while number:
        characters.append(chr(number % 2**_BITS))
        number >>= _BITS
    return "".join(characters)
