"""Learning-rate schedules as the expressions that make them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ScheduleSource:
    """A schedule as source.

    Attributes
    ----------
    lines : tuple of str
        Statements that make ``rate`` of ``n_steps``; none where it is constant.
    parts : tuple of str
        Files of :mod:`.parts` that they need.
    """

    lines: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


_EXPONENTIAL = (
    "rate = schedules.ExponentialDecay(",
    "    LEARNING_RATE, decay_steps=n_steps, decay_rate=0.01",
    ")",
)
_STEP = (
    "boundaries = [max(1, round(share * n_steps)) for share in (0.5, 0.75)]",
    "rates = [LEARNING_RATE, 0.1 * LEARNING_RATE, 0.01 * LEARNING_RATE]",
    "rate = schedules.PiecewiseConstantDecay(boundaries, rates)",
)
_COSINE = ("rate = schedules.CosineDecay(LEARNING_RATE, decay_steps=n_steps)",)
_WARMUP_COSINE = (
    "n_warmup = max(1, round(0.1 * n_steps))",
    "rate = schedules.CosineDecay(",
    "    LEARNING_RATE / (n_warmup + 1),",
    "    decay_steps=max(1, n_steps - n_warmup),",
    "    warmup_target=LEARNING_RATE,",
    "    warmup_steps=n_warmup,",
    ")",
)
_COSLOG4 = ("rate = CosineLogDecay(LEARNING_RATE, n_steps)",)

SCHEDULE_SOURCES: dict[str, ScheduleSource] = {
    "constant": ScheduleSource(),
    "exponential": ScheduleSource(_EXPONENTIAL),
    "step": ScheduleSource(_STEP),
    "cosine": ScheduleSource(_COSINE),
    "warmup_cosine": ScheduleSource(_WARMUP_COSINE),
    "coslog4": ScheduleSource(_COSLOG4, ("coslog4",)),
}
