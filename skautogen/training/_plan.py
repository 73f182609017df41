"""What is to be trained, and what came of it: the seam between search and training."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import clone

from ._prepared import Prepared, PreparedRows

if TYPE_CHECKING:
    from ._pipeline import NetworkPipeline


@dataclass(frozen=True)
class Training:
    """One candidate on the training rows of one fold.

    Attributes
    ----------
    candidate : int
        Its place among the plan's candidates.
    parameters : mapping
        Its hyper-parameters, by flat names.
    rows : ndarray of shape (n_rows,)
        Numbers of the rows of the plan's X.
    """

    candidate: int
    parameters: Mapping[str, Any]
    rows: np.ndarray


@dataclass(frozen=True)
class Plan:
    """Trainings to be carried out, and the data that they share.

    Attributes
    ----------
    pipeline : NetworkPipeline
        Unfitted; each training takes a clone with its parameters set.
    X : array-like of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : ndarray of shape (n_samples,) or None
    trainings : sequence of Training
        Candidate by candidate, fold by fold.
    seconds_left : callable
        Until the time is up. Trainings go through their schedules in fewer epochs
        where they would take longer, and end where they are when the time is up.
        Those that ``n_jobs`` processes train side by side go on to their end.
    prepared : PreparedRows
        Plans of the same data may share it.
    """

    pipeline: NetworkPipeline
    X: Any
    y: np.ndarray
    sample_weight: np.ndarray | None
    trainings: Sequence[Training]
    seconds_left: Callable[[], float] = lambda: math.inf
    prepared: PreparedRows = field(default_factory=PreparedRows)

    def prepare(self, training: Training) -> Prepared:
        """Bring a training to where only its network is left to train."""
        return self.prepared.prepare(self, training)

    def unfitted(self, training: Training) -> NetworkPipeline:
        """The pipeline of a training, with its parameters."""
        return clone(self.pipeline).without_trainer().set_params(**training.parameters)

    def targets(self, training: Training) -> tuple[np.ndarray, np.ndarray | None]:
        """Of the rows of a training: y and sample_weight."""
        rows, weight = training.rows, self.sample_weight
        return self.y[rows], None if weight is None else weight[rows]


@dataclass(frozen=True)
class Outcome:
    """What came of a training: a fitted pipeline, or the error that ended it.

    Attributes
    ----------
    pipeline : NetworkPipeline or None
    error : Exception or None
    seconds : float
        What it cost. Trainings that were carried out together share their time.
    is_cut_short : bool
        Whether the time was up in the middle of it.
    """

    pipeline: NetworkPipeline | None
    error: Exception | None
    seconds: float
    is_cut_short: bool = False

    def fitted(self) -> NetworkPipeline:
        """The fitted pipeline; raises the error if there is one."""
        if self.pipeline is None:
            assert self.error is not None
            raise self.error
        return self.pipeline
