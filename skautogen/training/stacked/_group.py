"""Groups: which trainings go into one program, and the training of a group."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from .._plan import Outcome
from ._compiler import get_compiler
from ._cost import Division, Work, divide, lane_seconds, lane_seconds_again
from ._job import Job, Trained
from ._lift import Lifted
from ._program import Kind
from ._programs import get_program
from ._rules import RULES
from ._stack import Stack
from ._stage import Stage
from ._state import Data


class Group:
    """Trainings that go into one program.

    Parameters
    ----------
    lifted : Lifted
        What trains the models of all of them.
    stages : dict of int -> Stage
        Under their numbers in the plan.

    Attributes
    ----------
    error : Exception or None
        What ended the training of all of them.
    """

    def __init__(self, lifted: Lifted, stages: dict[int, Stage]) -> None:
        self.lifted = lifted
        self.stages = stages
        self.error: Exception | None = None
        self._stacks: list[Stack] | None = None
        # Which stack each training is in, and under which number there.
        self._where: dict[int, tuple[Stack, int]] = {}
        # Places that a stack has, or may have.
        self._most: int | None = None

    @property
    def loss(self) -> str:
        """A name that Keras knows."""
        return next(iter(self.stages.values())).template.loss

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Of a row; where folds differ in width, of the widest."""
        return max(stage.rows.X.shape[1:] for stage in self.stages.values())

    @property
    def work(self) -> Work:
        """What there is to be trained."""
        stages = self.stages.values()
        return Work(
            lifted=self.lifted,
            n_jobs=len(stages),
            n_rows=max(stage.batch_size for stage in stages),
            n_steps=max(stage.n_steps for stage in stages),
            watches=any(stage.watched is not None for stage in stages),
        )

    def begin(
        self,
        make_jobs: Callable[[Group], tuple[list[Job], Data]],
        traced: dict[Kind, None],
    ) -> None:
        """Make the stacks, unless they are made.

        ``traced`` are the kinds of program that this fit has used before: to use one
        again costs no trace. Of earlier fits nothing is asked, so that a fit is carried
        out in the same way whatever was before it.
        """
        if self._stacks is not None or self.error is not None:
            return
        try:
            self._make_stacks(*make_jobs(self), traced)
        except Exception as error:
            self.fail(error)

    def _make_stacks(
        self, jobs: list[Job], data: Data, traced: dict[Kind, None]
    ) -> None:
        work = self.work
        division = divide(
            work, self._most, lambda each: self._kind(jobs, each) in traced
        )
        self._most = division.n_places
        kind = self._kind(jobs, division)
        traced[kind] = None
        program = get_program(kind)
        self._stacks = []
        numbers = list(self.stages)
        for first in range(division.n_stacks):
            own = slice(first, None, division.n_stacks)
            stack = Stack(program, data, jobs[own], work, division)
            self._stacks.append(stack)
            for place, number in enumerate(numbers[own]):
                self._where[number] = stack, place

    def _kind(self, jobs: list[Job], division: Division) -> Kind:
        return Kind(
            lifted=self.lifted,
            loss=self.loss,
            input_shape=self.input_shape,
            smooths=any(job.strategy.label_smoothing > 0 for job in jobs),
            signs=any(RULES[job.strategy.optimizer].signed for job in jobs),
            watches=self.work.watches,
            fused=division.fused,
            in_a_row=division.in_a_row,
        )

    def open_stacks(self) -> list[Stack]:
        """Those that are not done."""
        if self.error is not None:
            return []
        return [stack for stack in self._stacks or () if not stack.is_done]

    def fail(self, error: Exception) -> None:
        """Take note of what ended the training of all; let what was trained go."""
        # Stacks in other lanes may fail of the same.
        if self.error is None:
            self.error, self._stacks, self._where = error, None, {}

    def may_shrink(self) -> bool:
        """When the memory did not suffice, get ready to train half as many at once."""
        if self.error is None or self._most is None or self._most == 1:
            return False
        if not get_compiler().is_out_of_memory(self.error):
            return False
        self.error, self._most = None, self._most // 2
        return True

    def find(self, number: int) -> Trained | None:
        """What came of a training, if it is done."""
        stack, place = self._where.get(number, (None, 0))
        return None if stack is None else stack.trained.get(place)

    def take_outcome(self, number: int, trained: Trained) -> Outcome:
        """The network put into its pipeline, and let go."""
        stage = self.stages.pop(number)
        try:
            lifted = stage.template.lifted
            weights = lifted.for_keras(lifted.crop(trained.weights))
            forward = stage.template.forward
            stage.network.adopt(trained.history, weights, forward)
        except Exception as error:  # one network's NaN touches no other
            return Outcome(None, error, trained.seconds)
        return Outcome(stage.pipeline, None, trained.seconds, trained.is_cut_short)


def make_groups(stages: dict[int, Stage], traced: Collection[Kind] = ()) -> list[Group]:
    """Divide trainings into groups, as few as make them fast.

    Trainings that one program can train exactly as they are go together. Groups that
    fit into a program that is there already take it, and others whose structures can
    be merged are, as long as that is estimated to save time: a program less to compile,
    and steps shared, against padding that is computed for nothing.

    Parameters
    ----------
    stages : dict of int -> Stage
    traced : collection of Kind, default=()
        Of programs that are there already.

    Returns
    -------
    groups : list of Group
    """
    families: dict[Any, dict[Lifted, Group]] = {}
    for number, stage in stages.items():
        # What is never merged.
        family = stage.template.loss, stage.batch_size, stage.rows.X.ndim
        groups = families.setdefault(family, {})
        lifted = stage.template.lifted
        groups.setdefault(lifted, Group(lifted, {})).stages[number] = stage
    made: list[Group] = []
    for groups in families.values():
        fitting, others = _fit_into_traced(list(groups.values()), traced)
        made += fitting + _merge_cheapest(others)
    return made


def _fit_into_traced(
    groups: Sequence[Group], traced: Collection[Kind]
) -> tuple[list[Group], list[Group]]:
    """Groups that take a program that is there, and those that need one."""
    fitting: dict[Lifted, Group] = {}
    others = []
    for group in groups:
        lifted = _find_traced(group, traced)
        if lifted is None:
            others.append(group)
        else:
            fitting.setdefault(lifted, Group(lifted, {})).stages.update(group.stages)
    return list(fitting.values()), others


def _find_traced(group: Group, traced: Collection[Kind]) -> Lifted | None:
    """What there is a program of that trains a group sooner than one of its own."""
    work, found = group.work, None
    seconds = lane_seconds(work)
    for kind in traced:
        lifted = kind.lifted
        if kind.fused or (kind.loss, kind.watches) != (group.loss, work.watches):
            continue
        if lifted not in (group.lifted, lifted.merge(group.lifted)):
            continue
        needed = lane_seconds_again(replace(work, lifted=lifted))
        if needed < seconds:
            seconds, found = needed, lifted
    return found


def _merge_cheapest(groups: Sequence[Group]) -> list[Group]:
    """Merge the pair that saves most, until no pair saves anything."""
    # Neighbours in size lose least to padding: only those are tried.
    groups = sorted(groups, key=lambda group: sum(w.size for w in group.lifted.weights))
    savings = [_saving(*pair) for pair in pairwise(groups)]
    while savings and max(saving for saving, _ in savings) > 0:
        best = max(range(len(savings)), key=lambda k: savings[k][0])
        merged = savings[best][1]
        assert merged is not None
        groups[best : best + 2] = [merged]
        savings[best : best + 1] = []
        for k in (best - 1, best):
            if 0 <= k < len(savings):
                savings[k] = _saving(groups[k], groups[k + 1])
    return groups


def _saving(a: Group, b: Group) -> tuple[float, Group | None]:
    """Seconds that merging two groups saves, and the merged group."""
    lifted = a.lifted.merge(b.lifted)
    if lifted is None:
        return 0.0, None
    merged = Group(lifted, dict(sorted((a.stages | b.stages).items())))
    separate = lane_seconds(a.work) + lane_seconds(b.work)
    return separate - lane_seconds(merged.work), merged
