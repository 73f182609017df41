"""How many candidates are tried, and how long each trains, where that is left open."""

from __future__ import annotations

from dataclasses import dataclass

# Epochs of a training on a thousand rows, and how they fall with the rows: a network
# sees each row less often the more there are, and all of them more often.
_EPOCHS_AT_1000, _EXPONENT = 200, 0.6
_FEWEST_EPOCHS, _MOST_EPOCHS = 12, 200
# Rows times epochs a second that all cores of a small machine train networks of the
# default size on.
_ROWS_A_SECOND = 150_000
# Seconds of a search without a limit; of one with a limit, the share that trainings
# have, after what imports and compilation take.
_SECONDS, _SHARE, _START = 60.0, 0.75, 8.0
_MOST_CANDIDATES = 16
_MOST_WITH_A_LIMIT = 60


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


def plan_effort(n_rows: int, n_folds: int, time_limit: float | None) -> Effort:
    """Plan a search over a table.

    Small tables get many candidates and epochs, large ones few. The plan depends on
    nothing but its arguments, never on a clock, so that a fit can be repeated.

    Parameters
    ----------
    n_rows : int
    n_folds : int
    time_limit : float or None
        Seconds.

    Returns
    -------
    effort : Effort

    Examples
    --------
    >>> from skautogen.search import plan_effort
    >>> plan_effort(1_000, n_folds=5, time_limit=None)
    Effort(n_iter=11, epochs=200)
    >>> plan_effort(20_000, n_folds=5, time_limit=None)
    Effort(n_iter=3, epochs=33)
    """
    wished = _EPOCHS_AT_1000 * (n_rows / 1_000) ** -_EXPONENT
    epochs = min(max(wished, _FEWEST_EPOCHS), _MOST_EPOCHS)
    seconds, most = _SECONDS, _MOST_CANDIDATES
    if time_limit is not None:
        seconds, most = _SHARE * time_limit - _START, _MOST_WITH_A_LIMIT
    a_candidate = (n_folds - 1) * n_rows * epochs
    affordable = int(seconds * _ROWS_A_SECOND / a_candidate)
    return Effort(min(max(affordable, 1), most), round(epochs))
