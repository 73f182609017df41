"""Learning-rate schedules by name, each made of Keras' own.

Each takes the height of the rate and the number of steps of the whole training, and
goes from there to (nearly) nothing, so that a schedule means the same for a training
of a hundred steps and of ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .._backend import load_keras

if TYPE_CHECKING:
    import keras

    Rate: TypeAlias = float | keras.optimizers.schedules.LearningRateSchedule

# A hundredth of the rate is left at the end of "exponential".
_EXPONENTIAL_END = 0.01
# "step" divides the rate by ten when half, and again when three quarters, is done.
_STEP_AT = (0.5, 0.75)
_STEP_FACTOR = 0.1
# Share of the steps in which the rate rises, after Smith's one-cycle policy
# (arXiv 1708.07120) in its usual short-rise form.
_WARMUP_SHARE = 0.1


@dataclass(frozen=True)
class Schedule:
    """A schedule in two forms that agree.

    Attributes
    ----------
    make : callable
        ``make(learning_rate, n_steps)``: what a Keras optimizer takes.
    share : callable
        ``share(steps, n_steps)``: the rate at each step as a share of its height.
    """

    make: Callable[[float, int], Rate]
    share: Callable[[np.ndarray, int], np.ndarray]


def _exponential(learning_rate: float, n_steps: int) -> Rate:
    return load_keras().optimizers.schedules.ExponentialDecay(
        learning_rate, decay_steps=n_steps, decay_rate=_EXPONENTIAL_END
    )


def _step_boundaries(n_steps: int) -> list[int]:
    return [max(1, round(share * n_steps)) for share in _STEP_AT]


def _step(learning_rate: float, n_steps: int) -> Rate:
    return load_keras().optimizers.schedules.PiecewiseConstantDecay(
        _step_boundaries(n_steps),
        [learning_rate * _STEP_FACTOR**k for k in range(len(_STEP_AT) + 1)],
    )


def _cosine(learning_rate: float, n_steps: int) -> Rate:
    return load_keras().optimizers.schedules.CosineDecay(
        learning_rate, decay_steps=n_steps
    )


def _n_warmup(n_steps: int) -> int:
    return max(1, round(_WARMUP_SHARE * n_steps))


def _warmup_cosine(learning_rate: float, n_steps: int) -> Rate:
    n_warmup = _n_warmup(n_steps)
    return load_keras().optimizers.schedules.CosineDecay(
        # A first step at rate 0 would be a step wasted.
        learning_rate / (n_warmup + 1),
        decay_steps=max(1, n_steps - n_warmup),
        warmup_target=learning_rate,
        warmup_steps=n_warmup,
    )


def _cosine_share(steps: np.ndarray, n_steps: int) -> np.ndarray:
    return 0.5 * (1 + np.cos(np.pi * np.minimum(steps / n_steps, 1)))


def _coslog4_share(steps: np.ndarray, n_steps: int) -> np.ndarray:
    waves = np.log2(1 + 15 * np.minimum(steps / n_steps, 1))
    return 0.5 * (1 - np.cos(2 * np.pi * waves))


def _warmup_cosine_share(steps: np.ndarray, n_steps: int) -> np.ndarray:
    n_warmup = _n_warmup(n_steps)
    start = 1 / (n_warmup + 1)
    rising = start + (1 - start) * steps / n_warmup
    falling = _cosine_share(steps - n_warmup, max(1, n_steps - n_warmup))
    return np.where(steps < n_warmup, rising, falling)


def _coslog4(learning_rate: float, n_steps: int) -> Rate:
    from ._coslog import CosineLogDecay

    return CosineLogDecay(learning_rate, n_steps)


SCHEDULES: dict[str, Schedule] = {
    "constant": Schedule(lambda rate, _: rate, lambda steps, _: np.ones(len(steps))),
    "exponential": Schedule(
        _exponential, lambda steps, n: _EXPONENTIAL_END ** (steps / n)
    ),
    # Keras' piece ends with its boundary, and the next begins after it.
    "step": Schedule(
        _step,
        lambda steps, n: (
            _STEP_FACTOR ** np.searchsorted(_step_boundaries(n), steps, side="left")
        ),
    ),
    "cosine": Schedule(_cosine, _cosine_share),
    "warmup_cosine": Schedule(_warmup_cosine, _warmup_cosine_share),
    "coslog4": Schedule(_coslog4, _coslog4_share),
}


def make_schedule(name: str, learning_rate: float, n_steps: int) -> Rate:
    """Make what a Keras optimizer takes as its learning rate.

    Parameters
    ----------
    name : str
        A key of ``SCHEDULES``: ``"constant"``; ``"exponential"``, down to a hundredth;
        ``"step"``, a tenth after half of the steps and again after three quarters;
        ``"cosine"`` (Loshchilov and Hutter, ICLR 2017); ``"warmup_cosine"``, which
        rises over the first tenth and then falls like ``"cosine"``; ``"coslog4"``,
        four such waves, each twice as long as the one before (Holzmüller et al.,
        NeurIPS 2024).
    learning_rate : float
        The height of the rate.
    n_steps : int
        Steps of the whole training.

    Returns
    -------
    rate : float or keras.optimizers.schedules.LearningRateSchedule

    Examples
    --------
    >>> from skautogen.training import make_schedule
    >>> schedule = make_schedule("cosine", 0.1, n_steps=100)
    >>> [round(float(schedule(step)), 3) for step in (0, 50, 100)]
    [0.1, 0.05, 0.0]
    """
    return SCHEDULES[name].make(float(learning_rate), int(n_steps))


def schedule_rates(
    name: str, learning_rate: float, n_steps: int, steps: np.ndarray | None = None
) -> np.ndarray:
    """The same rates as :func:`make_schedule` gives, as an array.

    Parameters
    ----------
    name, learning_rate, n_steps : as for :func:`make_schedule`
    steps : ndarray of shape (k,), default=None
        The steps that are asked for, from 0; all of them if not given. They need not
        be whole: a training that is to end sooner takes longer strides.

    Returns
    -------
    rates : ndarray of shape (k,)

    Examples
    --------
    >>> from skautogen.training import schedule_rates
    >>> schedule_rates("exponential", 1.0, n_steps=4).round(3)
    array([1.   , 0.316, 0.1  , 0.032])
    """
    steps = np.arange(n_steps) if steps is None else steps
    return learning_rate * SCHEDULES[name].share(steps, n_steps)
