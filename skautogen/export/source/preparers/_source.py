"""What a preparation of inputs becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .._fragment import Fragment


@dataclass(frozen=True)
class PreparationSource:
    """A preparation as source.

    Attributes
    ----------
    parts : tuple of str
        Files of :mod:`..parts` that it needs.
    definitions : Fragment
        A class, and the function ``make_preprocessing``.
    load : Fragment
        The functions ``load_features`` and ``load_data``.
    settings : dict of str -> object
        Constants at the head of the file; of type :class:`Code` where they are
        expressions.
    learned : dict of str -> object
        The attributes that the class has after its ``fit``, as the estimator's own
        preparation has learned them.
    """

    parts: tuple[str, ...]
    definitions: Fragment
    load: Fragment
    settings: dict[str, Any] = field(default_factory=dict)
    learned: dict[str, Any] = field(default_factory=dict)


class Code(str):
    """An expression, where other strings are values."""
