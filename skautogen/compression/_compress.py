"""Trying methods, and taking the smallest estimator that loses little enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ._lesson import Lesson, Trial, make_trial
from ._measures import bytes_on_disk, milliseconds
from ._method import Method, NotCompressibleError
from ._registry import get_methods, get_milder
from ._result import Attempt, Compression, CompressionReport, share_lost

Path = tuple[tuple[Method, str], ...]


@dataclass(frozen=True)
class _Tried:
    """An estimator that methods have made, and how it did."""

    path: Path
    estimator: Any
    attempt: Attempt


def compress_estimator(
    estimator: Any,
    X: Any,
    y: np.ndarray,
    sample_weight: np.ndarray | None,
    *,
    method: str,
    tolerance: float,
    metric: str,
) -> Compression:
    """Make an estimator smaller; see the estimators' ``compress``.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted; not changed.
    X : array-like of shape (n_samples, n_features)
        Checked.
    y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
    sample_weight : ndarray of shape (n_samples,) or None
    method : str
    tolerance : float
    metric : str
        What the report calls the score.

    Returns
    -------
    compression : Compression
    """
    methods = get_methods(method)
    seed = estimator.best_estimator_.named_steps["network"].seed
    trial = make_trial(estimator, X, y, sample_weight, seed)
    before = trial.score(trial.estimator)
    # What loses too much is refused, and something milder is done.
    milder = [[each] for each in get_milder(method)]
    attempts: list[Attempt] = []
    refused: list[str] = []
    chosen: _Tried | None = None
    for each in [methods, *milder]:
        tried = [*_try(each, trial, before, refused)]
        attempts += [one.attempt for one in tried]
        within = [one for one in tried if one.attempt.loss <= tolerance]
        chosen = _choose(within, trial, Lesson(X, seed), refused)
        if chosen is not None:
            break
    smaller = estimator if chosen is None else chosen.estimator
    ms_before, ms_after = milliseconds([estimator, smaller], X)
    report = CompressionReport(
        method=method,
        done="nothing" if chosen is None else chosen.attempt.method,
        tolerance=tolerance,
        metric=metric,
        n_judged=trial.n_judged,
        bytes_before=bytes_on_disk(estimator),
        bytes_after=bytes_on_disk(smaller),
        score_before=before,
        score_after=before if chosen is None else chosen.attempt.score,
        milliseconds_before=ms_before,
        milliseconds_after=ms_after,
        attempts=tuple(attempts),
        refused=tuple(refused),
    )
    return Compression(smaller, report)


def _try(
    methods: Sequence[Method], trial: Trial, before: float, refused: list[str]
) -> Iterator[_Tried]:
    """Apply methods one after another, each in all its strengths, and judge."""
    try:
        for path, smaller in _apply_all(methods, trial.estimator, trial.lesson):
            if isinstance(smaller, NotCompressibleError):
                refused.append(f"{_in_words(path)}: {smaller}")
                continue
            score = trial.score(smaller)
            loss = share_lost(before, score)
            attempt = Attempt(_in_words(path), score, loss, bytes_on_disk(smaller))
            yield _Tried(path, smaller, attempt)
    except NotCompressibleError as error:
        refused.append(f"{' + '.join(one.name for one in methods)}: {error}")


def _apply_all(
    methods: Sequence[Method], estimator: Any, lesson: Lesson
) -> Iterator[tuple[Path, Any]]:
    if not methods:
        yield (), estimator
        return
    first, *others = methods
    made = first.apply(estimator, lesson, [*first.strengths])
    for strength, smaller in made.items():
        if isinstance(smaller, NotCompressibleError):
            yield ((first, strength),), smaller
            continue
        for path, smallest in _apply_all(others, smaller, lesson):
            yield ((first, strength), *path), smallest


def _choose(
    within: Sequence[_Tried], trial: Trial, lesson: Lesson, refused: list[str]
) -> _Tried | None:
    """The smallest that can be done with the whole estimator too."""
    for each in sorted(within, key=lambda one: one.attempt.n_bytes):
        try:
            return replace(each, estimator=_repeat(each, trial, lesson))
        except NotCompressibleError as error:
            refused.append(f"{each.attempt.method}, of all networks: {error}")
    return None


def _repeat(tried: _Tried, trial: Trial, lesson: Lesson) -> Any:
    """Do with the whole estimator what did well with a part of it."""
    if not trial.is_part:
        return tried.estimator
    keeps_networks = all(method.keeps_networks for method, _ in tried.path)
    smaller = trial.whole if keeps_networks else trial.led
    for method, strength in tried.path:
        smaller = method.apply(smaller, lesson, [strength])[strength]
        if isinstance(smaller, NotCompressibleError):
            raise smaller
    return smaller


def _in_words(path: Path) -> str:
    return " + ".join(
        f"{method.name} ({strength})" if strength else method.name
        for method, strength in path
    )
