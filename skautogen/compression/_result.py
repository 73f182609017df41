"""What a compression returns: the smaller estimator, and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Attempt:
    """One way that was tried.

    Attributes
    ----------
    method : str
        With its strength, such as ``"distillation (width 1/4) + int8"``.
    score : float
        On the rows that judge.
    loss : float
        Share of the score before that was lost; below 0 where it rose.
    n_bytes : int
        On disk, of the estimator that was tried.
    """

    method: str
    score: float
    loss: float
    n_bytes: int


@dataclass(frozen=True)
class CompressionReport:
    """Bytes, score and latency before and after. ``print`` shows it as a table.

    Attributes
    ----------
    method : str
        What was asked for.
    done : str
        What was done; ``"nothing"`` where all that was tried lost too much.
    tolerance : float
    metric : str
        By which it was judged: the first of ``scoring``; larger is better.
    n_judged : int
        Rows that neither networks before nor after were trained on. Where X is what
        ``fit`` had, they are those of the first fold, and both scores are of the
        networks of that fold alone.
    bytes_before, bytes_after : int
        Of the file that ``save`` writes.
    score_before, score_after : float
        On the rows that judge.
    milliseconds_before, milliseconds_after : float
        Of ``predict`` on one row: medians.
    attempts : tuple of Attempt
        All that was tried, in this order.
    refused : tuple of str
        Methods that do not know the architecture and strengths whose training
        diverged, and why.
    """

    method: str
    done: str
    tolerance: float
    metric: str
    n_judged: int
    bytes_before: int
    bytes_after: int
    score_before: float
    score_after: float
    milliseconds_before: float
    milliseconds_after: float
    attempts: tuple[Attempt, ...]
    refused: tuple[str, ...] = ()

    @property
    def loss(self) -> float:
        """Share of the score that was lost; below 0 where it rose."""
        return share_lost(self.score_before, self.score_after)

    def __str__(self) -> str:
        lines = [
            f"{'':<14}{'before':>12}{'after':>12}",
            f"{'bytes':<14}{self.bytes_before:>12,}{self.bytes_after:>12,}",
            f"{self.metric[:13]:<14}{self.score_before:>12.4g}{self.score_after:>12.4g}",
            f"{'ms for a row':<14}{self.milliseconds_before:>12.2f}"
            f"{self.milliseconds_after:>12.2f}",
            f"done: {self.done} (asked: {self.method}; at most "
            f"{self.tolerance:.3%} of the score may be lost, on {self.n_judged} rows)",
        ]
        for each in self.attempts:
            verdict = "within" if each.loss <= self.tolerance else "too much"
            lines.append(
                f"tried: {each.method}: lost {each.loss:.2%}, {verdict}; "
                f"{each.n_bytes:,} bytes"
            )
        return "\n".join([*lines, *(f"not done: {each}" for each in self.refused)])


@dataclass(frozen=True)
class Compression:
    """What ``compress`` returns.

    Attributes
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted; the one that was compressed itself, where nothing was done.
    report : CompressionReport
    """

    estimator: Any
    report: CompressionReport

    def __str__(self) -> str:
        return str(self.report)


def share_lost(before: float, after: float) -> float:
    """Share of a score that is lost: of its size, so that signs do not matter.

    Examples
    --------
    >>> from skautogen.compression import share_lost
    >>> share_lost(0.5, 0.25), share_lost(-2.0, -3.0), share_lost(0.0, 0.1)
    (0.5, 0.5, -inf)
    """
    if before == after:
        return 0.0
    if before == 0:
        return float("inf") if after < before else float("-inf")
    return (before - after) / abs(before)
