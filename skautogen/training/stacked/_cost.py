"""What steps cost, roughly: which models to stack, how many at once, and compiled how.

The estimates decide nothing but speed and memory, and depend on the plan and the
machine's kind alone, never on a clock: the same fit is always carried out the same way.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
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
# More lanes than this compete for the memory.
_MOST_LANES = 8
# A stack of fewer is not worth a lane of its own.
_FEWEST_IN_A_STACK = 2


@dataclass(frozen=True)
class Machine:
    """What is known of where the models are trained.

    Attributes
    ----------
    n_lanes : int
        Stacks that are trained at the same time.
    operations : float
        A second in one lane, in products of small matrices.
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

    n_lanes: int
    operations: float
    numbers: float
    bandwidth: float
    fused_step: float
    plain_step: float
    stack_bytes: int


_GPU = Machine(1, 5e12, 2e11, 5e11, 2e-4, 1e-3, 2**31)
_CORE = Machine(1, 4e10, 1.5e9, 1.5e10, 1e-4, 9e-4, 2**23)


@cache
def this_machine() -> Machine:
    """The machine: its GPU where there is one, otherwise a lane for each CPU core."""
    if n_gpus():
        return _GPU
    has_affinity = hasattr(os, "sched_getaffinity")
    n_cores = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    return replace(_CORE, n_lanes=min(n_cores, _MOST_LANES))


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


@dataclass(frozen=True)
class Division:
    """How the models of a group are trained.

    Attributes
    ----------
    n_stacks : int
        Trained side by side.
    n_places : int
        Of each stack: models that are trained at once.
    n_rounds : int
        How often each place is filled.
    fused : bool
        Whether XLA compiles the program.
    """

    n_stacks: int
    n_places: int
    n_rounds: int
    fused: bool


def divide(
    lifted: Lifted, n_jobs: int, n_rows: int, n_steps: int, most: int | None = None
) -> Division:
    """Divide the models of a group into stacks.

    Parameters
    ----------
    lifted : Lifted
    n_jobs : int
    n_rows : int
        Of a batch.
    n_steps : int
        Of a whole training.
    most : int, default=None
        Places that a stack may have; as many as fit where it is fast, if not given.
    """
    most = most or _most_models(lifted, n_rows)
    rounds = -(-n_jobs // most)
    if not _pays_to_fuse(lifted, min(n_jobs, most), n_rows, rounds * n_steps):
        # Its operations have threads of their own.
        return Division(1, -(-n_jobs // rounds), rounds, fused=False)
    n_stacks = max(1, min(this_machine().n_lanes, n_jobs // _FEWEST_IN_A_STACK))
    own = -(-n_jobs // n_stacks)
    rounds = -(-own // most)
    # So that as few rounds as there must be are equally full.
    return Division(n_stacks, -(-own // rounds), rounds, fused=True)


def _most_models(lifted: Lifted, n_rows: int) -> int:
    """How many models to train at once: what they need fits where it is fast."""
    n_weights = sum(each.size for each in lifted.weights)
    # Weights, gradient and two slots; numbers on the way of a row, and their gradient.
    each = _FLOAT * (4 * n_weights + 2 * n_rows * lifted.n_between)
    return max(1, this_machine().stack_bytes // max(1, each))


def _pays_to_fuse(lifted: Lifted, n_models: int, n_rows: int, n_steps: int) -> bool:
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
    """Whether a fused stack is worth compiling anew for the models that are left.

    Parameters
    ----------
    lifted : Lifted
    n_models, n_left : int
        In the stack, and of them still trained.
    n_rows, n_steps : int
        Of a batch; that are left.
    """
    now, then = (
        step_seconds(lifted, each, n_rows, fused=True) for each in (n_models, n_left)
    )
    return n_steps * (now - then) > _COMPILING


def group_seconds(lifted: Lifted, n_jobs: int, n_rows: int, n_steps: int) -> float:
    """Seconds of one lane to train so many models of a structure.

    Parameters
    ----------
    lifted : Lifted
    n_jobs, n_rows, n_steps : int
        Models, rows of a batch, steps of a whole training.
    """
    split = divide(lifted, n_jobs, n_rows, n_steps)
    step = step_seconds(lifted, split.n_places, n_rows, split.fused)
    starting = _TRACING + (_COMPILING if split.fused else 0.0)
    return starting + split.n_stacks * split.n_rounds * n_steps * step
