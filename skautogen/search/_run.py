"""One search's trainings: handed out to scikit-learn as it asks for them.

The life of a run: the search draws candidates and folds and calls ``start`` with the
plan of their trainings, once for each batch of candidates. scikit-learn then fits and
scores clone after clone; the ``fit`` of each asks ``outcome`` for what has been trained
for it, in the order of the plan, and the engine is asked for no more than that. After
the last, scikit-learn refits the winner, which is a plan of one training.
"""

from __future__ import annotations

import time
import warnings
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

import numpy as np

from ..training import Engine, NetworkPipeline, Outcome, Plan, PreparedRows, Training
from ._budget import Budget
from ._deadlines import Deadlines
from ._failures import AT_THE_CALL_OF_FIT, Failures
from ._interrupts import Interrupts
from ._live_scores import LiveScores

_INTERRUPTED = "interrupted"


class SearchStoppedWarning(UserWarning):
    """A search ended before it had tried everything; what was finished is used."""


class SearchStoppedError(Exception):
    """No more is trained: the time is up, or the user interrupted."""


class Progress(Protocol):
    """Whom a run tells how far it is."""

    def add_total(self, n: int) -> None: ...

    def advance(self) -> None: ...

    def best(self, score: float) -> None: ...


class Round(NamedTuple):
    """Candidates that were trained on the same folds.

    Attributes
    ----------
    test_rows : list of ndarray of int
        The rows that each fold scores on.
    fitted : dict of int -> list of NetworkPipeline
        What was trained for each candidate, fold by fold.
    """

    test_rows: list[np.ndarray]
    fitted: dict[int, list[NetworkPipeline]]


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
    interrupts : Interrupts
    failures : Failures
    stop_reason : str or None
        Why the search ended before it had tried everything.
    seconds : list of float
        What each training cost, in the order of the plans.
    n_epochs : list of list of int
        For each candidate of all plans, how long each of its folds was trained.
    untried : list of bool
        For each candidate of all plans, whether it was not trained on every fold.
    cut_short : list of bool
        For each candidate of all plans, whether the time limit has ended a training.
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
        self._deadlines = Deadlines(budget)
        self._progress = progress
        self._live_scores = LiveScores(scorer, X, y, progress.best)
        self._pending: list[Training] = []
        self._outcomes: Iterator[Outcome] = iter(())
        self._seconds_left: Callable[[], float] = self._deadlines.left_for_the_search
        self._n_folds = 1
        self._n_to_come = 0
        self._has_winner = False
        self._test_rows: list[np.ndarray] = []
        self._rounds: list[Round] = []
        self._prepared = PreparedRows()
        self._n_trained_folds: Counter[int] = Counter()
        self.interrupts = Interrupts(self._stop_before_the_next)
        self.failures = Failures()
        self.stop_reason: str | None = None
        self.seconds: list[float] = []
        self.n_epochs: list[list[int]] = []
        self.untried: list[bool] = []
        self.cut_short: list[bool] = []

    def start(
        self,
        candidates: Sequence[dict[str, Any]],
        folds: Sequence[tuple[np.ndarray, np.ndarray]],
        *,
        is_all: bool,
        competes: bool = False,
        n_to_come: int = 0,
    ) -> None:
        """Plan the trainings of a batch of candidates on the folds.

        Parameters
        ----------
        candidates : sequence of dict
        folds : sequence of (ndarray, ndarray)
            The rows that each trains on and scores on.
        is_all : bool
            Whether no other batch follows.
        competes : bool, default=False
            Whether the candidates compete with those of the batch before, where the
            folds are the same.
        n_to_come : int, default=0
            Candidates that are known, and planned after these.

        Raises
        ------
        SearchStoppedError
            If the search was stopped before.
        ValueError
            If the time is up, and all trainings so far have failed.
        """
        if self.stop_reason is not None:
            raise SearchStoppedError(self.stop_reason)
        if not self._deadlines.allow(0.0):
            self.failures.raise_if_all_failed()
        first = len(self.untried)
        trainings = [
            Training(first + number, parameters, rows)
            for number, parameters in enumerate(candidates)
            for rows, _ in folds
        ]
        self._n_folds, self._n_to_come = len(folds), n_to_come
        before, self._test_rows = self._test_rows, [test for _, test in folds]
        if not (competes and _are_equal(before, self._test_rows)):
            self._rounds.append(Round(self._test_rows, {}))
            self._prepared = PreparedRows()
        self._prepared.forget_unused()
        self.n_epochs += [[] for _ in candidates]
        self.untried += [False] * len(candidates)
        self.cut_short += [False] * len(candidates)
        self._progress.add_total(len(trainings))
        # A single candidate is the winner: its training on all rows goes along.
        self._has_winner = is_all and len(candidates) == 1
        last = [Training(first, candidates[0], np.arange(len(self._data[1])))]
        try:
            if self._has_winner:  # nothing is left for later
                self._begin(trainings + last, self._deadlines.of_the_refit())
            else:
                self._begin(trainings, self._deadlines.left_for_the_search)
        except KeyboardInterrupt:
            if not self._stop_at_once():
                raise
            self.untried[first:] = [True] * len(candidates)
            raise SearchStoppedError(self.stop_reason) from None
        # Reversed, so that the next one is popped from the end.
        self._pending = trainings[::-1]

    def _begin(
        self, trainings: list[Training], seconds_left: Callable[[], float]
    ) -> None:
        """Hand a plan to the engine."""
        self._seconds_left = seconds_left
        plan = Plan(
            self._pipeline, *self._data, trainings, seconds_left, self._prepared
        )
        with self.interrupts.in_training():
            self._outcomes = iter(self._engine.carry_out(plan))

    def outcome(self, pipeline: NetworkPipeline, rows: np.ndarray) -> Outcome:
        """What has been trained for a clone of the pipeline that has these rows.

        A clone whose training failed stays as it is, and its score is NaN: an error
        would end the search at a batch of nothing but failures.
        """
        if not self._pending:
            return self._refit(pipeline, rows)
        training = self._pending.pop()
        assert np.array_equal(rows, training.rows), "scikit-learn fits in another order"
        outcome = self._train() if self._may_train(training) else None
        if outcome is None:
            self._leave_out(training)
            return Outcome(pipeline, None, np.nan)
        self._take_note(training, outcome)
        return replace(outcome, pipeline=outcome.pipeline or pipeline)

    def _may_train(self, training: Training) -> bool:
        """Whether there is time for a training; a whole candidate where one begins.

        One candidate is always trained, and the refit's time kept in reserve.
        """
        if self._is_ready() and self.stop_reason != _INTERRUPTED:
            return True
        if self.stop_reason is not None:
            return False
        if not self._has_finished() or self._deadlines.allow(self._cost(training)):
            return True
        self.stop_reason = self._deadlines.reason
        return False

    def _is_ready(self) -> bool:
        """Whether the engine has trained the next one already, along with others."""
        is_ready = getattr(self._outcomes, "is_ready", lambda: False)
        return bool(is_ready())

    def _has_finished(self) -> bool:
        """Whether a candidate was trained on all folds without an error."""
        return self._n_folds in self._n_trained_folds.values()

    def _cost(self, training: Training) -> float:
        """Seconds that a training will take, its candidate's others and the refit."""
        mean = float(np.nanmean(self.seconds))
        begins = len(self.seconds) % self._n_folds == 0
        n_trainings = self._n_folds if begins else 1
        # The refit sees all rows, the trainings of the search the share of their folds.
        refit = mean * len(self._data[1]) / max(1, len(training.rows))
        return mean * n_trainings + refit

    def _train(self) -> Outcome | None:
        """Let the engine train; None if the user interrupts and something is kept."""
        start = time.perf_counter()
        try:
            with self.interrupts.in_training():
                return next(self._outcomes)
        except Exception as error:  # of the engine itself, such as a worker that died
            self._has_winner = False
            self._begin(self._pending[::-1], self._seconds_left)
            return Outcome(None, error, time.perf_counter() - start)
        except KeyboardInterrupt:
            if not self._stop_at_once():
                raise
            return None

    def _stop_at_once(self) -> bool:
        """Stop at Ctrl-C in a training, if there is something to be kept."""
        if not self._has_finished():
            return False
        self.stop_reason = _INTERRUPTED
        return True

    def _stop_before_the_next(self) -> bool:
        """Stop at Ctrl-C between trainings; a second one means what it says."""
        return self.stop_reason is None and self._stop_at_once()

    def _leave_out(self, training: Training) -> None:
        """Take note of a training that is not carried out."""
        self.untried[training.candidate] = True
        self.seconds.append(np.nan)

    def _take_note(self, training: Training, outcome: Outcome) -> None:
        """Keep what the rest of the run, and the user, are to know of a training."""
        self.seconds.append(outcome.seconds)
        self.failures.count(training, outcome)
        if outcome.pipeline is not None:
            self._n_trained_folds[training.candidate] += 1
            fitted = self._rounds[-1].fitted
            fitted.setdefault(training.candidate, []).append(outcome.pipeline)
            network = outcome.pipeline.named_steps["network"]
            self.n_epochs[training.candidate].append(len(network.history_["loss"]))
            self.cut_short[training.candidate] |= outcome.is_cut_short
        self._progress.advance()
        self._live_scores.add(outcome, self._test_rows)

    def keep_networks_of(self, candidates: Collection[int]) -> None:
        """Let go of the networks of all other candidates.

        Parameters
        ----------
        candidates : collection of int
            By their numbers, in the order of the plans.
        """
        for each in self._rounds:
            for candidate in set(each.fitted).difference(candidates):
                del each.fitted[candidate]

    @property
    def last_round(self) -> Round:
        """The last round with candidates that have a network of every fold: these.

        They are numbered as the rows of ``cv_results_``.
        """
        rows = np.cumsum(~np.array(self.untried, dtype=bool)) - 1
        for test_rows, fitted in reversed(self._rounds):
            complete = {
                int(rows[candidate]): pipelines
                for candidate, pipelines in fitted.items()
                if len(pipelines) == len(test_rows)
            }
            if complete:
                return Round(test_rows, complete)
        return Round([], {})

    def _refit(self, pipeline: NetworkPipeline, rows: np.ndarray) -> Outcome:
        """Train the winner on all rows."""
        if self._has_winner:
            with self.interrupts.in_training():
                return next(self._outcomes)
        self._pipeline, self._prepared = pipeline, PreparedRows()
        self._begin([Training(0, {}, rows)], self._deadlines.of_the_refit())
        with self.interrupts.in_training():
            return next(self._outcomes)

    def warn_if_stopped(self, estimator: str, *, was_planned: bool = False) -> None:
        """Say that, and why, the search ended before it had tried everything.

        Parameters
        ----------
        estimator : str
            Whose ``fit`` it is.
        was_planned : bool, default=False
            Whether it was left open how many candidates there are: to have tried fewer
            for want of time is then what was asked for.
        """
        tried = ~np.array(self.untried, dtype=bool)
        some_cut_short = np.any(tried & self.cut_short)
        is_wanted = was_planned and self.stop_reason == self._deadlines.reason
        if (self.stop_reason is None or is_wanted) and not some_cut_short:
            return
        reason = self.stop_reason or self._deadlines.reason
        n_tried, n_known = int(tried.sum()), len(tried) + self._n_to_come
        fewer = ", some of them with fewer epochs" if some_cut_short else ""
        warnings.warn(
            f"{estimator}.fit: the search was stopped ({reason}) after {n_tried} of "
            f"{n_known} candidates{fewer}; the best of them is used.",
            SearchStoppedWarning,
            stacklevel=AT_THE_CALL_OF_FIT,
        )


def _are_equal(ours: list[np.ndarray], theirs: list[np.ndarray]) -> bool:
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(np.array_equal(*pair) for pair in pairs)
