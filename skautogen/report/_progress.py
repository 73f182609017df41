"""One progress bar for a whole search."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


class SearchProgress:
    """Show how far a search has come, how good it is, and how long it will take.

    A context manager. On a terminal it keeps one line on stderr up to date; where
    stderr is a file or captured it writes one plain line at the end; in a notebook it
    shows what rich shows there. With ``verbose=0`` it writes nothing and does not
    import rich.

    Parameters
    ----------
    verbose : int
        0 shows nothing, 1 or more the bar.
    total_fits : int
        Number of trainings planned (candidates times folds).
    time_limit : float, default=None
        Seconds that the search may take, counted from entering the context. It caps
        the time left that is shown; it stops nothing.

    Examples
    --------
    >>> from skautogen.report import SearchProgress
    >>> with SearchProgress(verbose=1, total_fits=4) as progress:
    ...     for score in [0.7, float("nan"), 0.9, 0.8]:
    ...         progress.advance()
    ...         progress.best(score)
    ...     progress.say("One training failed.")

    This leaves on stderr::

        One training failed.
        searching ━━━━━━━━━━━━━━━━ 4/4 trainings, best 0.9, 0:00:12 (0:00:00 left)

    that is the trainings done and planned, the best score, the time elapsed and the
    time left.
    """

    def __init__(
        self, verbose: int, total_fits: int, time_limit: float | None = None
    ) -> None:
        self.verbose = verbose
        self.time_limit = time_limit
        self._done = 0
        self._total = total_fits
        self._best = math.nan
        self._start = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> SearchProgress:
        self._start = time.monotonic()
        if self.verbose >= 1:
            self._bar = _make_bar(self)
            self._bar.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def advance(self, n: int = 1) -> None:
        """Count trainings as done.

        Parameters
        ----------
        n : int, default=1
            How many: trainings that are carried out together end together.
        """
        self._done += n
        self._update()

    def add_total(self, n: int) -> None:
        """Count further trainings as planned, for a search that plans as it goes.

        Parameters
        ----------
        n : int
            How many more; a negative number takes some back.
        """
        self._total += n
        self._update()

    def best(self, score: float) -> None:
        """Tell the score of a candidate; the bar shows the greatest one told.

        Parameters
        ----------
        score : float
            A score, greater is better. NaN (a failed candidate) is ignored.
        """
        if not math.isnan(score) and not score <= self._best:
            self._best = score

    def say(self, message: str) -> None:
        """Print a message above the bar, inside the context only.

        Parameters
        ----------
        message : str
            Plain text: brackets are no markup.
        """
        if self._bar is not None:
            self._bar.console.print(
                message, markup=False, highlight=False, emoji=False, soft_wrap=True
            )

    @property
    def summary(self) -> str:
        """What the line says after the bar, as of now."""
        elapsed = time.monotonic() - self._start
        return str(
            _Snapshot(self._done, self._total, self._best, elapsed, self.time_limit)
        )

    def _update(self) -> None:
        if self._bar is not None:
            [task] = self._bar.task_ids
            self._bar.update(task, completed=self._done, total=self._total)


@dataclass(frozen=True)
class _Snapshot:
    """The state of a search at one moment; `best` is NaN as long as there is none."""

    done: int
    total: int
    best: float
    elapsed: float
    time_limit: float | None

    @property
    def left(self) -> float | None:
        """Seconds left; None as long as nothing is known."""
        known = []
        if self.done:
            # The mean over all trainings, not a recent rate: trainings carried out
            # together end in one jump, from which a recent rate cannot be told.
            known.append(self.elapsed / self.done * (self.total - self.done))
        if self.time_limit is not None:
            known.append(self.time_limit - self.elapsed)
        return max(0.0, min(known)) if known else None

    def __str__(self) -> str:
        best = "-" if math.isnan(self.best) else f"{self.best:.5g}"
        return (
            f"{self.done}/{self.total} trainings, best {best}, "
            f"{_clock(self.elapsed)} ({_clock(self.left)} left)"
        )


def _clock(seconds: float | None) -> str:
    return "-:--:--" if seconds is None else str(timedelta(seconds=int(seconds)))


def _make_bar(search: SearchProgress) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        # Formatted anew at each refresh, so the times run on between two trainings.
        TextColumn("{task.fields[search].summary}", markup=False),
        console=Console(stderr=True),
        expand=True,
        # The trainings need the processor more than the picture does.
        refresh_per_second=4,
        # rich would send what is printed during the search to stderr, too: right
        # where both are the same terminal, wrong where stdout is a file or a pipe.
        redirect_stdout=Console().is_terminal,
    )
    bar.add_task("searching", total=search._total, search=search)
    return bar
