"""What trainings cost, roughly: which to stack, how many at once, and compiled how.

The estimates decide nothing but speed and memory, and depend on the plan and the
machine's kind alone, never on a clock: the same fit is always carried out the same way.
The numbers were measured (docs/performance.md); a factor of two changes little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from joblib import cpu_count

from ..._backend import n_gpus
from ._compiler import get_compiler
from ._lift import Lifted

_FLOAT = 4
# Multiplications and additions for each product: forward, and twice backward.
_OPERATIONS = 6
# How often each weight is read or written in a step, slots and gradient included.
_FUSED_PASSES, _PLAIN_PASSES = 8, 40
# How often each number on the way of a row is, forward and backward.
_ROW_PASSES = 6
# Seconds for each layer: to trace a program; to make TensorFlow run it; to compile it
# with XLA for one set of shapes, without and with rows that are watched.
_TRACING, _STARTING, _COMPILING = 0.15, 0.05, {False: 0.35, True: 0.55}
# Weights in one row are fewer operations, each of which costs more than it computes
# where models are small, and are compiled sooner; but each step takes them apart.
_MOST_IN_A_ROW, _JOINING_PASSES, _COMPILING_A_WEIGHT = 10_000, 16, 0.1
# Of the steps of a training, the share that early stopping leaves on average.
_SHARE_TRAINED = 0.6
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
        Seconds for each layer in a step that computes nothing, with XLA and without.
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


_GPU = Machine(1, 5e12, 2e11, 5e11, 5e-5, 4e-4, 2**31)
_CORE = Machine(1, 4e10, 1.5e9, 1.5e10, 3e-5, 3e-4, 2**23)


@cache
def this_machine() -> Machine:
    """The machine: its GPU where there is one, otherwise a lane for each CPU core."""
    if n_gpus():
        return _GPU
    if get_compiler().always_fuses:  # and uses all cores by itself
        return _CORE
    return replace(_CORE, n_lanes=min(cpu_count(), _MOST_LANES))


@dataclass(frozen=True)
class Work:
    """Models of a structure that are to be trained.

    Attributes
    ----------
    lifted : Lifted
    n_jobs : int
        How many.
    n_rows : int
        Of a batch.
    n_steps : int
        Of a whole training.
    watches : bool
        Whether it may be stopped early.
    """

    lifted: Lifted
    n_jobs: int
    n_rows: int
    n_steps: int
    watches: bool

    @property
    def n_weights(self) -> int:
        """Of one model."""
        return sum(each.size for each in self.lifted.weights)

    @property
    def n_steps_trained(self) -> float:
        """Of a training, on average."""
        return self.n_steps * (_SHARE_TRAINED if self.watches else 1.0)

    @property
    def tracing(self) -> float:
        """Seconds to trace its program."""
        return _TRACING * self.lifted.n_operations

    @property
    def compiling(self) -> float:
        """Seconds to compile it with XLA."""
        return _COMPILING[self.watches] * self.lifted.n_operations


@dataclass(frozen=True)
class Division:
    """How the models are trained.

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
    in_a_row : bool
        Whether a model's weights are one row of numbers.
    """

    n_stacks: int
    n_places: int
    n_rounds: int
    fused: bool
    in_a_row: bool


def step_seconds(work: Work, n_models: int, fused: bool) -> float:
    """Seconds of a step of so many of the models."""
    machine = this_machine()
    passes = _FUSED_PASSES if fused else _PLAIN_PASSES
    each = (
        _OPERATIONS * work.n_rows * work.lifted.n_products / machine.operations
        + _ROW_PASSES * work.n_rows * work.lifted.n_between / machine.numbers
        + passes * _FLOAT * work.n_weights / machine.bandwidth
    )
    if fused:
        return n_models * each + machine.fused_step * work.lifted.n_operations
    # Its operations spread over all cores.
    plain = machine.plain_step * work.lifted.n_operations
    return n_models * each / machine.n_lanes + plain


def divide(
    work: Work,
    most: int | None = None,
    is_traced: Callable[[Division], bool] = lambda _: False,
) -> Division:
    """Divide models into stacks, in the way that is estimated to end first.

    Parameters
    ----------
    work : Work
    most : int, default=None
        Places that a stack may have; as many as fit where it is fast, if not given.
    is_traced : callable, default=lambda _: False
        Whether the program of a division is there already.
    """
    most = most or _most_models(work)
    plain = _divide(work, 1, most, fused=False)
    if get_compiler().always_fuses:
        return _divide(work, 1, most, fused=True)
    if not work.lifted.can_be_fused:
        return plain
    n_stacks = min(this_machine().n_lanes, work.n_jobs // _FEWEST_IN_A_STACK)
    fused = _divide(work, max(1, n_stacks), most, fused=True)

    def seconds(division: Division) -> float:
        tracing = 0.0 if is_traced(division) else work.tracing
        return tracing + _seconds(work, division)

    return min(plain, fused, key=seconds)


def _divide(work: Work, n_stacks: int, most: int, fused: bool) -> Division:
    n_jobs = -(-work.n_jobs // n_stacks)
    n_rounds = -(-n_jobs // most)
    # So that as few rounds as there must be are equally full.
    n_places = -(-n_jobs // n_rounds)
    joining = _JOINING_PASSES * _FLOAT * work.n_weights / this_machine().bandwidth
    joining *= n_places * n_rounds * work.n_steps_trained
    n_trained = sum(each.trained for each in work.lifted.weights)
    in_a_row = work.n_weights <= _MOST_IN_A_ROW and (
        not fused or joining < _COMPILING_A_WEIGHT * n_trained
    )
    return Division(n_stacks, n_places, n_rounds, fused, in_a_row)


def _most_models(work: Work) -> int:
    """How many models to train at once: what they need fits where it is fast."""
    # Weights, gradient and two slots; numbers on the way of a row, and their gradient.
    numbers = 4 * work.n_weights + 2 * work.n_rows * work.lifted.n_between
    return max(1, this_machine().stack_bytes // max(1, _FLOAT * numbers))


def _seconds(work: Work, division: Division) -> float:
    """Until the last model is trained, without the trace."""
    step = step_seconds(work, division.n_places, division.fused)
    starting = _STARTING * work.lifted.n_operations
    first = work.compiling if division.fused else starting
    return first + division.n_rounds * work.n_steps_trained * step


def lane_seconds(work: Work) -> float:
    """What work takes of the lanes; it is this that merging groups saves."""
    division = divide(work)
    # One stack compiles while the others wait, and what is plain takes all cores.
    n_lanes = division.n_stacks if division.fused else this_machine().n_lanes
    idle = work.compiling * (n_lanes - 1) if division.fused else 0.0
    return work.tracing + n_lanes * _seconds(work, division) - idle


def lane_seconds_again(work: Work) -> float:
    """The same where a plain program is there already, traced and started."""
    division = _divide(work, 1, _most_models(work), fused=False)
    step = step_seconds(work, division.n_places, fused=False)
    n_steps = division.n_rounds * work.n_steps_trained
    return this_machine().n_lanes * n_steps * step


def pays_to_shrink(work: Work, n_models: int, n_left: int, n_steps: int) -> bool:
    """Whether a fused stack is worth compiling anew for the models that are left.

    Parameters
    ----------
    work : Work
    n_models, n_left : int
        In the stack, and of them still trained.
    n_steps : int
        That are left at most.
    """
    now, then = (step_seconds(work, each, fused=True) for each in (n_models, n_left))
    expected = n_steps * (_SHARE_TRAINED if work.watches else 1.0)
    return expected * (now - then) > work.compiling
