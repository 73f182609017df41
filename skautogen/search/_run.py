"""One search's trainings: handed out to scikit-learn as it asks for them.

The life of a run: the search draws candidates and folds and calls ``start`` with the
plan of their trainings, once for each batch of candidates. scikit-learn then fits and
scores clone after clone; the ``fit`` of each asks ``outcome`` for what has been trained
for it, in the order of the plan, and the engine is asked for no more than that. After
the last, scikit-learn refits the winner, which is a plan of one training.
"""

from __future__ import annotations

import signal
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
from sklearn.exceptions import FitFailedWarning
from sklearn.utils import _safe_indexing

from ..training import Engine, NetworkPipeline, Outcome, Plan, Training
from ._budget import Budget

_INTERRUPTED = "interrupted"

# Levels from a warning here up to the user's line that called ``fit``.
_AT_THE_CALL_OF_FIT = 4


# Share of the time limit after which trainings of the search that are still under way
# end where they are. The rest is for the training on all rows.
_SEARCH_SHARE = 0.7


class SearchStoppedWarning(UserWarning):
    """A search ended before it had tried everything; what was finished is used."""


class SearchStoppedError(Exception):
    """No more is trained: the time is up, or the user interrupted."""


class Progress(Protocol):
    """Whom a run tells how far it is."""

    def add_total(self, n: int) -> None: ...

    def advance(self) -> None: ...

    def best(self, score: float) -> None: ...


class SearchRun:
    """Stands between scikit-learn's search and the engine that trains for it.

    Parameters
    ----------
    engine : Engine
    pipeline : NetworkPipeline
        Unfitted, without a trainer.
    X : array-like of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : ndarray of shape (n_samples,) or None
    budget : Budget
    progress : Progress
    scorer : callable or None
        ``scorer(pipeline, X, y)``: for the progress to show the best score so far.

    Attributes
    ----------
    stop_reason : str or None
        Why the search ended before it had tried everything.
    seconds : list of float
        What each training cost, in the order of the plans.
    untried : list of bool
        For each candidate of all plans, whether it was not trained on every fold.
    """

    def __init__(
        self,
        engine: Engine,
        pipeline: NetworkPipeline,
        X: Any,
        y: np.ndarray,
        sample_weight: np.ndarray | None,
        budget: Budget,
        progress: Progress,
        scorer: Callable[..., float] | None = None,
    ) -> None:
        self._engine = engine
        self._pipeline = pipeline
        self._data = (X, y, sample_weight)
        self._budget = budget
        self._progress = progress
        self._scorer = scorer
        self._scores: list[float] = []
        self._pending: list[Training] = []
        self._outcomes: Iterator[Outcome] = iter(())
        self._n_folds = 1
        self._test_rows: list[np.ndarray] = []
        self._is_training = False
        self._was_cut_short = False
        self._longest = 0.0
        self._expired: Callable[[], bool] = lambda: False
        self._n_trained_folds: Counter[int] = Counter()
        self._failures: list[tuple[Training, Exception]] = []
        self.stop_reason: str | None = None
        self.seconds: list[float] = []
        self.untried: list[bool] = []

    def start(
        self,
        candidates: Sequence[dict[str, Any]],
        folds: Sequence[tuple[np.ndarray, np.ndarray]],
    ) -> None:
        """Plan the trainings of a batch of candidates on the folds.

        Raises
        ------
        SearchStoppedError
            If the search was stopped before.
        """
        if self.stop_reason is not None:
            raise SearchStoppedError(self.stop_reason)
        first = len(self.untried)
        trainings = [
            Training(first + number, parameters, rows)
            for number, parameters in enumerate(candidates)
            for rows, _ in folds
        ]
        self._n_folds = len(folds)
        self._test_rows = [test for _, test in folds]
        self.untried += [False] * len(candidates)
        self._progress.add_total(len(trainings))
        try:
            self._begin(trainings, expired=self._is_time_for_the_refit)
        except KeyboardInterrupt:
            if not self._has_finished():
                raise
            self._stop(_INTERRUPTED)
            raise SearchStoppedError(self.stop_reason) from None

    def _is_time_for_the_refit(self) -> bool:
        """Whether trainings of the search must end where they are."""
        limit = self._budget.time_limit
        if limit is None or self._budget.allows((1 - _SEARCH_SHARE) * limit):
            return False
        self._was_cut_short = True
        return True

    def _begin(self, trainings: list[Training], expired: Callable[[], bool]) -> None:
        self._expired = expired
        plan = Plan(self._pipeline, *self._data, trainings, expired)
        # Reversed, so that the next one is popped from the end.
        self._pending = trainings[::-1]
        with self._interruptible():
            self._outcomes = iter(self._engine.carry_out(plan))

    def outcome(self, pipeline: NetworkPipeline, rows: np.ndarray) -> Outcome:
        """What has been trained for a clone of the pipeline that has these rows."""
        if not self._pending:
            return self._refit(pipeline, rows)
        training = self._pending.pop()
        assert np.array_equal(rows, training.rows), "scikit-learn fits in another order"
        is_there = self._is_ready() and self.stop_reason != _INTERRUPTED
        may_train = is_there or self._may_train(training)
        outcome = self._train() if may_train else None
        if outcome is None:
            self.untried[training.candidate] = True
            self.seconds.append(np.nan)
            return Outcome(None, SearchStoppedError(self.stop_reason), np.nan)
        self.seconds.append(outcome.seconds)
        if outcome.error is None:
            self._n_trained_folds[training.candidate] += 1
        else:
            self._failures.append((training, outcome.error))
        self._progress.advance()
        self._show_best(outcome)
        return outcome

    def _is_ready(self) -> bool:
        """Whether the engine has trained the next one already, along with others."""
        is_ready = getattr(self._outcomes, "is_ready", lambda: False)
        return bool(is_ready())

    def _train(self) -> Outcome | None:
        """Let the engine train; None if the user interrupts and something is kept."""
        start = time.perf_counter()
        try:
            with self._interruptible():
                return next(self._outcomes)
        except Exception as error:  # of the engine itself, such as a worker that died
            self._begin(self._pending[::-1], self._expired)
            return Outcome(None, error, time.perf_counter() - start)
        except KeyboardInterrupt:
            if not self._has_finished():
                raise
            self._stop(_INTERRUPTED)
            return None
        finally:
            self._longest = max(self._longest, time.perf_counter() - start)

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        """Let Ctrl-C end a training at once; elsewhere it waits for the next one."""
        self._is_training = True
        try:
            yield
        finally:
            self._is_training = False

    @contextmanager
    def handling_interrupts(self) -> Iterator[None]:
        """Take Ctrl-C over from scikit-learn, which would lose what is finished.

        Only the main thread can, and only where Python's own handler is in charge.
        """
        ours = threading.current_thread() is threading.main_thread()
        if (
            not ours
            or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        ):
            yield
            return

        def handle(number: int, frame: Any) -> None:
            # A second Ctrl-C, or one before anything is finished, means what it says.
            if self._is_training or self.stop_reason or not self._has_finished():
                raise KeyboardInterrupt
            self._stop(_INTERRUPTED)

        signal.signal(signal.SIGINT, handle)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _refit(self, pipeline: NetworkPipeline, rows: np.ndarray) -> Outcome:
        """Train the winner on all rows."""
        self._pipeline = pipeline
        # It may end with the time limit, but has as long as any call before it took:
        # whatever the time, there must be a model at the end that is worth having.
        limit = self._budget.time_limit
        end = (
            np.inf
            if limit is None
            else max(limit, self._budget.elapsed + self._longest)
        )
        training = Training(0, {}, rows)
        self._begin([training], expired=lambda: self._budget.elapsed > end)
        self._pending.clear()
        with self._interruptible():
            return next(self._outcomes)

    def _may_train(self, training: Training) -> bool:
        """Whether there is time for a training; a whole candidate where one begins.

        One candidate is always trained, and the refit's time kept in reserve.
        """
        if self.stop_reason is not None:
            return False
        if not self._has_finished():
            return True
        cost = float(np.nanmean(self.seconds))
        begins = len(self.seconds) % self._n_folds == 0
        n_trainings = self._n_folds if begins else 1
        # The refit sees all rows, the trainings of the search the share of their folds.
        refit = cost * len(self._data[1]) / max(1, len(training.rows))
        if self._budget.allows(cost * n_trainings + refit):
            return True
        self._stop(f"time_limit={self._budget.time_limit} s")
        return False

    def _has_finished(self) -> bool:
        """Whether a candidate was trained on all folds without an error."""
        return self._n_folds in self._n_trained_folds.values()

    def _stop(self, reason: str) -> None:
        self.stop_reason = reason

    def _show_best(self, outcome: Outcome) -> None:
        """Tell the progress the score of a candidate when its last fold is trained.

        scikit-learn computes it too, but tells nobody before all are done.
        """
        if self._scorer is None:
            return
        rows = self._test_rows[len(self._scores)]
        X, y, _ = self._data
        try:
            score = self._scorer(outcome.fitted(), _safe_indexing(X, rows), y[rows])
        except Exception:  # it will be told of when scikit-learn scores
            score = np.nan
        self._scores.append(score)
        if len(self._scores) == self._n_folds:
            self._progress.best(float(np.mean(self._scores)))
            self._scores.clear()

    def warn_if_stopped(self, estimator: str) -> None:
        """Say that, and why, the search ended before it had tried everything."""
        if self.stop_reason is None and not self._was_cut_short:
            return
        n_tried = len(self.untried) - sum(self.untried)
        reason = self.stop_reason or f"time_limit={self._budget.time_limit} s"
        fewer = ", some of them with fewer epochs" if self._was_cut_short else ""
        warnings.warn(
            f"{estimator}.fit: the search was stopped ({reason}) after {n_tried} of "
            f"{len(self.untried)} candidates{fewer}; the best of them is used.",
            SearchStoppedWarning,
            stacklevel=_AT_THE_CALL_OF_FIT,
        )

    def warn_about_failures(self, error_score: Any) -> None:
        """One warning for all trainings that failed, grouped by their reason."""
        if not self._failures:
            return
        candidates = sorted({training.candidate for training, _ in self._failures})
        warnings.warn(
            f"{len(self._failures)} of {self._n_trained()} trainings failed, and were "
            f"given the score {error_score} (rows {candidates} of cv_results_):\n"
            f"{self._reasons()}",
            FitFailedWarning,
            stacklevel=_AT_THE_CALL_OF_FIT,
        )

    def _reasons(self) -> str:
        """Why trainings failed, each reason with its count, the commonest first."""
        reasons = Counter(_describe(error) for _, error in self._failures)
        return "\n".join(f"  {n} x {reason}" for reason, n in reasons.most_common())

    def _n_trained(self) -> int:
        return int(np.isfinite(self.seconds).sum())

    def raise_if_all_failed(self) -> None:
        """One clear error when not a single training succeeded.

        Raises
        ------
        ValueError
            With the reasons, and from the last failure.
        """
        if len(self._failures) < max(1, self._n_trained()):
            return
        _, last = self._failures[-1]
        raise ValueError(
            f"All {len(self._failures)} trainings of the search failed:\n"
            f"{self._reasons()}\n"
            "The last is the cause shown above. To look closer, fit again with "
            'engine="sequential" and a param_space of a single candidate.'
        ) from last


def _describe(error: Exception) -> str:
    """The error's kind and message, and the line of the user's code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    first_line = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first_line}{where}"
