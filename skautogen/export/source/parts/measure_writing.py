"""A function of generated files."""

import numpy as np


def measure_writing(text: str) -> list[float]:
    """How a text is written, which n-grams do not see: spam shouts."""
    n_words = text.count(" ") + 1
    kinds = [
        sum(each.isupper() for each in text),
        sum(each.isdigit() for each in text),
        sum(not each.isalnum() and not each.isspace() for each in text),
        sum(not each.isascii() for each in text),
    ]
    shares = [n / max(1, len(text)) for n in kinds]
    return [np.log1p(len(text)), np.log1p(n_words), len(text) / n_words, *shares]
