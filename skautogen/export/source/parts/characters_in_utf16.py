"""Functions of generated files."""

import re


def in_utf16(text: str) -> str:
    """Write each emoji, and others beyond the first 65,536, as two characters."""
    return re.sub(
        "[\U00010000-\U0010ffff]",
        lambda found: "".join(
            chr(half) for half in memoryview(found[0].encode("utf-16-le")).cast("H")
        ),
        text,
    )


def read_characters(text: str) -> list[str]:
    """The n-grams of 2 to 4 characters of each word, a space before and after it."""
    words = [f" {word} " for word in in_utf16(text.lower()).split()]
    return [
        word[start : start + n]
        for word in words
        for n in (2, 3, 4)
        for start in range(len(word) - n + 1)
    ]
