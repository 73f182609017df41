"""How many candidates are tried, and how long each trains, where that is left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ._folds import MOST_FOLDS

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
# The same for networks that are trained one after another: epochs; products of numbers
# a second on a small machine, and on a GPU; what a training takes besides; seconds.
_EPOCHS_ALONE_AT_1000, _EXPONENT_ALONE = 80, 0.45
_FEWEST_EPOCHS_ALONE, _MOST_EPOCHS_ALONE = 8, 400
_PRODUCTS_A_SECOND, _PRODUCTS_A_SECOND_ON_A_GPU = 1.0e10, 1.0e12
_START_ALONE, _SECONDS_ALONE = 4.0, 150.0
FEWEST_FOLDS = 3
# Where nothing is known of what is good.
USUAL_CANDIDATES = 10


@dataclass(frozen=True)
class Effort:
    """What a search is worth.

    Attributes
    ----------
    n_iter : int
        Candidates.
    epochs : int
        Of each training.
    n_folds : int
        At most, where the user leaves them open.
    """

    n_iter: int
    epochs: int
    n_folds: int = MOST_FOLDS


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
    Effort(n_iter=2, epochs=150, n_folds=5)
    >>> plan_effort(1_000, n_folds=5, time_limit=60, shares=[0.5, 1.0])
    Effort(n_iter=32, epochs=150, n_folds=5)
    """
    wished = _EPOCHS_AT_1000 * (n_rows / 1_000) ** -_EXPONENT
    epochs = epochs or round(min(max(wished, _FEWEST_EPOCHS), _MOST_EPOCHS))
    if not shares:
        return Effort(USUAL_CANDIDATES, epochs)
    seconds, drawn = _SECONDS, 0
    if time_limit is not None:
        seconds, drawn = _SHARE * time_limit - _START, _MOST_DRAWN_WITH_A_LIMIT
    a_whole_one = (n_folds - 1) * n_rows * epochs * (1 + n_columns / _COLUMNS_OF_TWICE)
    affordable = seconds * _ROWS_A_SECOND / a_whole_one
    costs = np.cumsum([*shares, *[_SHARE_DRAWN] * drawn])
    return Effort(max(fewest, int(np.sum(costs <= affordable))), epochs)


def plan_effort_alone(
    n_rows: int,
    n_folds: int,
    time_limit: float | None,
    operations: Sequence[float],
    *,
    draws: bool = True,
    fewest_folds: int = FEWEST_FOLDS,
    epochs: int | None = None,
    fewest: int = 1,
    on_gpu: bool = False,
) -> Effort:
    """Plan a search over networks that are costly, and trained one after another.

    Folds are given up before candidates of other architectures, and epochs last.

    Parameters
    ----------
    n_rows : int
    n_folds : int
        At most.
    time_limit : float or None
        Seconds.
    operations : sequence of float
        Products of numbers for a row and epoch, of each of the candidates that are
        tried first, times its share of the epochs.
    draws : bool, default=True
        Whether more candidates may be drawn where a limit leaves time for them.
    fewest_folds : int, default=3
        Folds that are not given up.
    epochs : int, default=None
        Where the user says how many.
    fewest : int, default=1
        Candidates that are tried whatever they cost.
    on_gpu : bool, default=False

    Returns
    -------
    effort : Effort

    Examples
    --------
    >>> from skautogen.search import plan_effort_alone
    >>> plan_effort_alone(1_000, 5, None, [1e6, 1e6])
    Effort(n_iter=2, epochs=80, n_folds=5)
    >>> plan_effort_alone(6_000, 5, None, [5e6, 5e6])
    Effort(n_iter=1, epochs=16, n_folds=3)
    """
    wished = _EPOCHS_ALONE_AT_1000 * (n_rows / 1_000) ** -_EXPONENT_ALONE
    n_epochs = round(min(max(wished, _FEWEST_EPOCHS_ALONE), _MOST_EPOCHS_ALONE))
    seconds = _SECONDS_ALONE
    operations = list(operations)
    if time_limit is not None:
        seconds = _SHARE * time_limit - _START
        drawn = _MOST_DRAWN_WITH_A_LIMIT if draws else 0
        operations += [float(np.mean(operations))] * drawn
    speed = _PRODUCTS_A_SECOND_ON_A_GPU if on_gpu else _PRODUCTS_A_SECOND
    # The folds, and in the end all rows: about as many times all rows as folds.
    costs = [
        _START_ALONE + n_rows * (epochs or n_epochs) * each / speed
        for each in operations
    ]
    least = sum(costs[:fewest])
    affordable_folds = int(seconds / least)
    n_folds = max(min(fewest_folds, n_folds), min(n_folds, affordable_folds))
    n_iter = int(np.sum(np.cumsum(costs) * n_folds <= seconds))
    if n_iter < fewest and time_limit is None:
        n_epochs = max(_FEWEST_EPOCHS_ALONE, int(n_epochs * seconds / least / n_folds))
    return Effort(max(fewest, n_iter), epochs or n_epochs, n_folds)
