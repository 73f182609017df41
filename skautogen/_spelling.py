"""Errors for names that are not known: what there is, and the nearest spelling."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# Characters from which on a list of names hides the nearest one.
_LONG = 400


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

    Of very many names the nearest alone are told:

    >>> unknown_name("scoring", "adm", ["adam", *("a" * n for n in range(30, 60))])
    "Unknown scoring 'adm'. Did you mean 'adam'?"
    """
    names = sorted(known)
    listed = ", ".join(repr(each) for each in names)
    by_letters = {each.lower(): each for each in names}
    is_long = len(listed) > _LONG
    close = get_close_matches(str(name).lower(), by_letters, n=3 if is_long else 1)
    close = close or _of_initials(str(name).lower(), by_letters)
    nearest = " or ".join(repr(by_letters[each]) for each in close)
    hint = f" Did you mean {nearest}?" if nearest else ""
    accepted = "" if is_long and nearest else f" Accepted: {listed}."
    return f"Unknown {role} {name!r}.{accepted}{hint}"


def _of_initials(name: str, known: Iterable[str]) -> list[str]:
    """Names whose words begin with these letters: rmse, neg_root_mean_squared_error."""
    if len(name) < 3:
        return []
    initials = {each: "".join(word[:1] for word in each.split("_")) for each in known}
    return [each for each in known if initials[each].endswith(name)][:3]
