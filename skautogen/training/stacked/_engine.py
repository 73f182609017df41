"""The stacked engine: networks grouped by structure, each group one program."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any

import joblib

from .._plan import Outcome, Plan
from ._cost import this_machine
from ._group import Group, make_groups
from ._job import Job, Snapshot, Trained
from ._lanes import train_until
from ._lift import Lifted, NotStackableError
from ._program import Kind
from ._stack import Stack
from ._stage import Stage, Stager
from ._state import Data
from ._tables import Tables


class StackedEngine:
    """Trains a plan's networks together, as many as share a structure.

    Parameters
    ----------
    fallback : Engine, default=None
        Carries out what cannot be stacked. Without one, such a plan is refused.
    say : callable, default=None
        Is told, once for each reason, what is not stacked and why.
    """

    def __init__(
        self, fallback: Any = None, say: Callable[[str], None] | None = None
    ) -> None:
        self._fallback = fallback
        self._say = say
        self._said: set[str] = set()
        # Of the last plan: a plan of the same trainings to a later epoch goes on there.
        self._paused: dict[Hashable, Snapshot] = {}
        # In the order of their first use.
        self._traced: dict[Kind, None] = {}

    def carry_out(self, plan: Plan) -> Iterator[Outcome]:
        """The outcome of each training, in the order of the plan.

        Parameters
        ----------
        plan : Plan

        Returns
        -------
        outcomes : iterator of Outcome

        Raises
        ------
        NotStackableError
            If a network cannot be stacked and there is no fallback.
        """
        paused, self._paused = self._paused, {}
        # Here and not when the first outcome is asked for: a plan that is refused is
        # refused as a whole.
        return _Outcomes(
            plan, self._refuse, self._fallback, paused, self._paused, self._traced
        )

    def _refuse(self, error: NotStackableError) -> None:
        if self._fallback is None:
            raise NotStackableError(
                f'engine="stacked" cannot train this network: {error}. Use '
                'engine="auto", which trains it in the sequential way.'
            ) from error
        message = f"not stacked, trained one after another: {error}"
        if self._say is not None and message not in self._said:
            self._said.add(message)
            self._say(message)


class _Outcomes(Iterator[Outcome]):
    """The outcomes of a plan; each is trained when it is asked for, others with it."""

    def __init__(
        self,
        plan: Plan,
        refuse: Callable[[NotStackableError], None],
        fallback: Any,
        paused: dict[Hashable, Snapshot],
        to_pause: dict[Hashable, Snapshot],
        traced: dict[Kind, None],
    ) -> None:
        self._plan = plan
        self._stager = Stager(plan, refuse)
        self._tables = Tables()
        self._fallback = fallback
        self._paused, self._to_pause = paused, to_pause
        self._traced = traced
        self._alone = self._train_alone()
        self._groups: dict[int, Group] = {}
        self._next = 0
        self._stage()

    def is_ready(self) -> bool:
        """Whether the next outcome is there already, and costs no time."""
        group = self._groups.get(self._next)
        return group is not None and group.find(self._next) is not None

    def __next__(self) -> Outcome:
        number = self._next
        if number == len(self._plan.trainings):
            raise StopIteration
        if number == self._stager.n_staged:
            self._stage()
        outcome = self._outcome(number)
        self._next += 1
        return outcome

    def _stage(self) -> None:
        for group in make_groups(self._stager.stage(), self._traced):
            self._groups.update(dict.fromkeys(group.stages, group))

    def _outcome(self, number: int) -> Outcome:
        if number in self._stager.failed:
            return self._stager.failed.pop(number)
        if number not in self._groups:
            return next(self._alone)
        start = time.perf_counter()
        trained = self._train(number)
        group = self._groups.pop(number)
        if trained is None:  # what a group has in common ends it, not others
            return Outcome(None, group.error, time.perf_counter() - start)
        if trained.paused is not None:
            stage = group.stages[number]
            standing = trained.paused.standing.reshaped(stage.template.lifted.crop)
            snapshot = replace(trained.paused, standing=standing)
            self._to_pause[_key(stage)] = snapshot
        return group.take_outcome(number, trained)

    def _train(self, number: int) -> Trained | None:
        """Train until a training is done; None if its group has failed."""
        group = self._groups[number]
        # This one first, and each once.
        groups = list(dict.fromkeys([group, *self._groups.values()]))
        waiting = [_Begun(each, self._make_jobs, self._traced) for each in groups]
        while True:
            train_until(
                lambda: group.find(number) is not None or group.error is not None,
                waiting,
                self._plan.seconds_left,
                this_machine().n_lanes,
            )
            if group.error is None or not group.may_shrink():
                return group.find(number)

    def _make_jobs(self, group: Group) -> tuple[list[Job], Data]:
        """The jobs of a group, and the data that they share."""
        stages = list(group.stages.values())
        used = [rows for stage in stages for rows in (stage.rows, stage.watched)]
        table = self._tables.of(used, group.input_shape)
        jobs = [
            Job(
                single=group.lifted.fit_in(
                    stage.template.single, stage.template.lifted
                ),
                training=table.numbers(stage.rows),
                watched=table.numbers(stage.watched),
                strategy=stage.network.strategy,
                seed=stage.network.seed,
                paused=self._find_paused(stage, group.lifted),
            )
            for stage in stages
        ]
        return jobs, table.data

    def _find_paused(self, stage: Stage, lifted: Lifted) -> Snapshot | None:
        paused = self._paused.get(_key(stage)) if self._paused else None
        if paused is None:
            return None
        return replace(paused, standing=paused.standing.reshaped(lifted.pad))

    def _train_alone(self) -> Iterator[Outcome]:
        """The trainings that could not be stacked, carried out by the fallback."""
        # More may be added while this goes on; n_jobs want all that there are at once.
        n_done = 0
        while n_done < len(self._stager.single):
            numbers = self._stager.single[n_done:]
            trainings = [self._plan.trainings[number] for number in numbers]
            plan = replace(self._plan, trainings=trainings)
            yield from self._fallback.carry_out(plan)
            n_done += len(numbers)


class _Begun:
    """A group that is begun when a lane is free for it."""

    def __init__(
        self,
        group: Group,
        make_jobs: Callable[[Group], tuple[list[Job], Data]],
        traced: dict[Kind, None],
    ) -> None:
        self._group = group
        self._make_jobs = make_jobs
        self._traced = traced
        self.fail = group.fail

    def open_stacks(self) -> list[Stack]:
        self._group.begin(self._make_jobs, self._traced)
        return self._group.open_stacks()


def _key(stage: Stage) -> Hashable:
    """Equal for the same training to different epochs."""
    parameters = sorted(stage.training.parameters.items())
    # Functions among them are told by their place in memory, which they keep.
    texts = [f"{name}={value!r}" for name, value in parameters if name != "stop_after"]
    return *texts, joblib.hash(stage.training.rows)
