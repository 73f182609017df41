"""Errors for names that are not known: what there is, and the nearest spelling."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def unknown_name(role: str, name: object, known: Iterable[str]) -> str:
    """Say that a name is unknown, which names there are, and which is the nearest.

    Parameters
    ----------
    role : str
        What the name stands for, as the user knows it: ``"optimizer"``.
    name : object
        What was got.
    known : iterable of str
        What is accepted.

    Returns
    -------
    message : str

    Examples
    --------
    >>> from skautogen._spelling import unknown_name
    >>> unknown_name("optimizer", "adm", ["adam", "sgd"])
    "Unknown optimizer 'adm'. Accepted: 'adam', 'sgd'. Did you mean 'adam'?"
    """
    names = sorted(known)
    listed = ", ".join(repr(each) for each in names)
    by_letters = {each.lower(): each for each in names}
    nearest = [
        by_letters[each]
        for each in get_close_matches(str(name).lower(), by_letters, n=1)
    ]
    hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
    return f"Unknown {role} {name!r}. Accepted: {listed}.{hint}"
