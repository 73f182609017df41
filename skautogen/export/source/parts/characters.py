"""Functions of generated files."""


def read_characters(text: str) -> list[str]:
    """The n-grams of 2 to 4 characters of each word, a space before and after it."""
    words = [f" {word} " for word in text.lower().split()]
    return [
        word[start : start + n]
        for word in words
        for n in (2, 3, 4)
        for start in range(len(word) - n + 1)
    ]
