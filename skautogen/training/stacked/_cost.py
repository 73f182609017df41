"""What steps cost, roughly: which models to stack, how many at once, and compiled how.

The estimates decide nothing but speed and memory, and depend on the plan and the
machine's kind alone, never on a clock: the same fit is always carried out the same way.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

from ..._backend import n_gpus
from ._lift import Lifted

_FLOAT = 4
# Multiplications and additions for each weight and row: forward, and twice backward.
_OPERATIONS = 6
# How often each weight is read or written in a step, slots and gradient included.
_FUSED_PASSES, _PLAIN_PASSES = 8, 40
# How often each number on the way of a row is, forward and backward.
_ROW_PASSES = 6
# To trace a program, and to compile it with XLA for one set of shapes, in seconds.
_TRACING, _COMPILING = 0.4, 0.7


@dataclass(frozen=True)
class Machine:
    """What is known of where the models are trained.

    Attributes
    ----------
    operations : float
        A second, in products of small matrices.
    numbers : float
        Results of elementwise functions a second.
    bandwidth : float
        Bytes a second.
    fused_step, plain_step : float
        Seconds of a step that computes nothing, with XLA and without.
    stack_bytes : int
        What a stack may take: more than the cache holds makes steps slower, and on a
        GPU the memory is shared with others.
    """

    operations: float
    numbers: float
    bandwidth: float
    fused_step: float
    plain_step: float
    stack_bytes: int


@cache
def this_machine() -> Machine:
    """The machine: its GPU where there is one, otherwise its CPU cores."""
    if n_gpus():
        return Machine(5e12, 2e11, 5e11, 2e-4, 1e-3, 2**31)
    n_cores = (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else (os.cpu_count() or 1)
    )
    return Machine(3e10 * n_cores, 4e8 * n_cores, 1e10, 1e-4, 6e-4, 2**24)


def step_seconds(lifted: Lifted, n_models: int, n_rows: int, fused: bool) -> float:
    """Seconds of a step of so many models on so many rows each.

    Parameters
    ----------
    lifted : Lifted
    n_models, n_rows : int
    fused : bool
        Whether XLA compiles it.
    """
    machine = this_machine()
    n_weights = sum(each.size for each in lifted.weights)
    passes = _FUSED_PASSES if fused else _PLAIN_PASSES
    each = (
        _OPERATIONS * n_rows * n_weights / machine.operations
        + _ROW_PASSES * n_rows * lifted.n_between / machine.numbers
        + passes * _FLOAT * n_weights / machine.bandwidth
    )
    return n_models * each + (machine.fused_step if fused else machine.plain_step)


def most_models(lifted: Lifted, n_rows: int) -> int:
    """How many models to train at once: what they need fits where it is fast.

    Parameters
    ----------
    lifted : Lifted
    n_rows : int
        Of a batch.
    """
    n_weights = sum(each.size for each in lifted.weights)
    # Weights, gradient and two slots; numbers on the way of a row, and their gradient.
    each = _FLOAT * (4 * n_weights + 2 * n_rows * lifted.n_between)
    return max(1, this_machine().stack_bytes // max(1, each))


def even_rounds(n_jobs: int, most: int) -> int:
    """Models at once, so that as few rounds as there must be are equally full."""
    n_rounds = -(-n_jobs // most)
    return -(-n_jobs // n_rounds)


def pays_to_fuse(lifted: Lifted, n_models: int, n_rows: int, n_steps: int) -> bool:
    """Whether so many steps gain more from XLA than it takes to compile them."""
    if not lifted.can_be_fused:
        return False
    plain, fused = (
        step_seconds(lifted, n_models, n_rows, fused=each) for each in (False, True)
    )
    return n_steps * (plain - fused) > _COMPILING


def pays_to_shrink(
    lifted: Lifted, n_models: int, n_left: int, n_rows: int, n_steps: int
) -> bool:
    """Whether a fused stack is worth compiling anew for the models that are left."""
    now, then = (
        step_seconds(lifted, each, n_rows, fused=True) for each in (n_models, n_left)
    )
    return n_steps * (now - then) > _COMPILING


def group_seconds(lifted: Lifted, n_jobs: int, n_rows: int, n_steps: int) -> float:
    """Seconds to train so many models of a structure, each for so many steps.

    Parameters
    ----------
    lifted : Lifted
    n_jobs, n_rows, n_steps : int
    """
    at_once = even_rounds(n_jobs, most_models(lifted, n_rows))
    n_steps *= -(-n_jobs // at_once)
    fused = pays_to_fuse(lifted, at_once, n_rows, n_steps)
    starting = _TRACING + (_COMPILING if fused else 0.0)
    return starting + n_steps * step_seconds(lifted, at_once, n_rows, fused)
