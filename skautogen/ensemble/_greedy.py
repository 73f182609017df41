"""Greedy ensemble selection: which members to average, and how often each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def select_greedily(
    answers: Sequence[np.ndarray],
    score: Callable[[np.ndarray], Any],
    *,
    most_members: int,
    n_steps: int,
) -> np.ndarray:
    """Choose members whose mean answer scores best.

    Begins with the best member, and adds, one step after another, the one that makes
    the mean best; a member may be added again, and so weighs more. Of all steps the
    best is taken, and of equally good ones the first. Choose it over weights that are
    optimised freely: it overfits less, and most members stay out.

    Parameters
    ----------
    answers : sequence of ndarray, all of one shape
        What each member answers to rows that it was not trained on.
    score : callable
        From an answer to what is to be large; anything that can be compared.
    most_members : int
        How many different members may be chosen.
    n_steps : int
        How often one is added.

    Returns
    -------
    counts : ndarray of int of shape (n_members,)
        How often each was chosen.

    References
    ----------
    R. Caruana, A. Niculescu-Mizil, G. Crew, A. Ksikes, "Ensemble Selection from
    Libraries of Models", ICML 2004.

    Examples
    --------
    Two members err in opposite directions, a third is far off.

    >>> import numpy as np
    >>> from skautogen.ensemble import select_greedily
    >>> y = np.array([1.0, 2.0, 3.0])
    >>> answers = [y + 1, y - 1, y + 9]
    >>> score = lambda answer: -np.mean((y - answer) ** 2)
    >>> select_greedily(answers, score, most_members=3, n_steps=10)
    array([1, 1, 0])
    """
    counts = np.zeros(len(answers), dtype=int)
    total = np.zeros_like(answers[0])
    best: tuple[Any, np.ndarray] | None = None
    for step in range(1, n_steps + 1):
        is_full = np.count_nonzero(counts) >= most_members
        allowed = [k for k in range(len(answers)) if counts[k] or not is_full]
        scores = {k: score((total + answers[k]) / step) for k in allowed}
        chosen = max(allowed, key=scores.__getitem__)
        counts[chosen] += 1
        total = total + answers[chosen]
        if best is None or scores[chosen] > best[0]:
            best = scores[chosen], counts.copy()
    assert best is not None
    return best[1]
