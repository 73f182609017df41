"""How many candidates are tried, and how long each trains, where that is left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Epochs of a training on a thousand rows, and how they fall with the rows: a network
# sees each row less often the more there are, and all of them more often.
_EPOCHS_AT_1000, _EXPONENT = 150, 0.55
_FEWEST_EPOCHS, _MOST_EPOCHS = 12, 150
# Rows times epochs a second that both cores of a small machine train networks of the
# default size on.
_ROWS_A_SECOND = 240_000
# Columns that make a step take twice as long as none would.
_COLUMNS_OF_TWICE = 40
# Seconds of a search without a limit; of one with a limit, the share that trainings
# have, after what imports and compilation take.
_SECONDS, _SHARE, _START = 45.0, 0.75, 6.0
# Candidates beyond those that are tried first: none without a limit.
_MOST_DRAWN_WITH_A_LIMIT = 30
# Of the epochs, the share that a drawn candidate trains for on average.
_SHARE_DRAWN = 0.3
# Where nothing is known of what is good.
_USUAL_CANDIDATES = 10


@dataclass(frozen=True)
class Effort:
    """What a search is worth.

    Attributes
    ----------
    n_iter : int
        Candidates.
    epochs : int
        Of each training.
    """

    n_iter: int
    epochs: int


def plan_effort(
    n_rows: int,
    n_folds: int,
    time_limit: float | None,
    shares: Sequence[float] = (),
    *,
    n_columns: int = 10,
    epochs: int | None = None,
    fewest: int = 1,
) -> Effort:
    """Plan a search over a table.

    Small tables get many candidates and epochs, large ones few. The plan depends on
    nothing but its arguments, never on a clock, so that a fit can be repeated.

    Parameters
    ----------
    n_rows : int
    n_folds : int
    time_limit : float or None
        Seconds.
    shares : sequence of float
        Of the epochs, what each of the candidates trains for that are tried first.
    n_columns : int, default=10
    epochs : int, default=None
        Where the user says how many.
    fewest : int, default=1
        Candidates that are tried whatever they cost.

    Returns
    -------
    effort : Effort

    Examples
    --------
    >>> from skautogen.search import plan_effort
    >>> plan_effort(1_000, n_folds=5, time_limit=None, shares=[0.5, 1.0])
    Effort(n_iter=2, epochs=150)
    >>> plan_effort(1_000, n_folds=5, time_limit=60, shares=[0.5, 1.0])
    Effort(n_iter=32, epochs=150)
    """
    wished = _EPOCHS_AT_1000 * (n_rows / 1_000) ** -_EXPONENT
    epochs = epochs or round(min(max(wished, _FEWEST_EPOCHS), _MOST_EPOCHS))
    if not shares:
        return Effort(_USUAL_CANDIDATES, epochs)
    seconds, drawn = _SECONDS, 0
    if time_limit is not None:
        seconds, drawn = _SHARE * time_limit - _START, _MOST_DRAWN_WITH_A_LIMIT
    a_whole_one = (n_folds - 1) * n_rows * epochs * (1 + n_columns / _COLUMNS_OF_TWICE)
    affordable = seconds * _ROWS_A_SECOND / a_whole_one
    costs = np.cumsum([*shares, *[_SHARE_DRAWN] * drawn])
    return Effort(max(fewest, int(np.sum(costs <= affordable))), epochs)
