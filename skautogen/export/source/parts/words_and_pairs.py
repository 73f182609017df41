"""A function of generated files."""

import re
from itertools import pairwise


def read_words_and_pairs(text: str) -> list[str]:
    """The words and signs of a text, and the pairs that follow one another.

    A word counts in lower case, as it is written, and with all digits alike.
    """
    terms: list[str] = []
    for token in re.findall(r"\w+|[^\w\s]+", text):
        forms = [token.lower(), token, re.sub(r"\d", "0", token.lower())]
        terms += dict.fromkeys(forms)
    tokens = re.findall(r"\w+|[^\w\s]+", re.sub(r"\d", "0", text.lower()))
    return [*terms, *(f"{first} {second}" for first, second in pairwise(tokens))]
