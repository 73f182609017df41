"""The sequential engine: one SciKeras fit after another, for every Keras model."""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Callable, Iterator

from joblib import effective_n_jobs
from sklearn.utils.parallel import Parallel, delayed

from .._backend import n_gpus
from ._plan import Outcome, Plan, Training
from ._prepared import Prepared
from ._traced import TracedModel


class SequentialEngine:
    """Trains a plan's networks one by one, or ``n_jobs`` at a time on CPUs.

    Parameters
    ----------
    n_jobs : int, default=None
        Processes, as in scikit-learn. Each loads TensorFlow for itself, which takes
        seconds: it pays for long trainings. With a GPU there is one process whatever
        is asked for, since several on one GPU run it out of memory.
    """

    def __init__(self, n_jobs: int | None = None) -> None:
        self.n_jobs = n_jobs
        self._has_warned = False

    def carry_out(self, plan: Plan) -> Iterator[Outcome]:
        """Yield the outcome of each training, in the order of the plan.

        Parameters
        ----------
        plan : Plan

        Yields
        ------
        outcome : Outcome
        """
        if self._n_processes() == 1:
            traced = TracedModel()
            for number, training in enumerate(plan.trainings):
                prepared = _prepare(plan, training)
                yield _train(prepared, _time_for(plan, number), traced)
            return
        parallel = Parallel(n_jobs=self.n_jobs, return_as="generator")
        tasks = (_prepare(plan, training) for training in plan.trainings)
        yield from parallel(delayed(_train)(task) for task in tasks)

    def _n_processes(self) -> int:
        n_processes = effective_n_jobs(self.n_jobs)
        if n_processes > 1 and n_gpus() > 0:
            if self._has_warned:
                return 1
            self._has_warned = True
            warnings.warn(
                f"n_jobs={self.n_jobs} would put {n_processes} processes on "
                f"{n_gpus()} GPU(s); the search trains in one process instead.",
                UserWarning,
                stacklevel=2,
            )
            return 1
        return n_processes


def _prepare(plan: Plan, training: Training) -> Prepared | Outcome:
    """Prepare a training's rows; whatever goes wrong is its outcome."""
    start = time.perf_counter()
    try:
        return plan.prepare(training)
    except Exception as error:
        return Outcome(None, error, time.perf_counter() - start)


def _time_for(plan: Plan, number: int) -> Callable[[], float] | None:
    """How long a training may take: as long as the others of its candidate."""
    if math.isinf(plan.seconds_left()):
        return None
    candidate = plan.trainings[number].candidate
    n_to_come = sum(each.candidate == candidate for each in plan.trainings[number:])
    return lambda: plan.seconds_left() / n_to_come


def _train(
    prepared: Prepared | Outcome,
    seconds_to_train: Callable[[], float] | None = None,
    traced: TracedModel | None = None,
) -> Outcome:
    """Train the network; whatever a builder or Keras raises is the outcome."""
    if isinstance(prepared, Outcome):
        return prepared
    start = time.perf_counter()
    try:
        network = prepared.pipeline.named_steps["network"]
        network.fit(
            prepared.X, prepared.y, prepared.sample_weight, seconds_to_train, traced
        )
    except Exception as error:
        return Outcome(None, error, time.perf_counter() - start)
    seconds = time.perf_counter() - start
    return Outcome(prepared.pipeline, None, seconds, network._is_cut_short)
