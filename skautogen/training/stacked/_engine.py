"""The stacked engine: networks grouped by structure, each group one program."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import joblib

from .._plan import Outcome, Plan
from .._prepared import PreparedRows
from ._group import Group, make_groups
from ._lift import NotStackableError
from ._stack import Snapshot
from ._stage import Stage, Stager


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
        self._paused: dict[str, Snapshot] = {}

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
        return _Outcomes(plan, self._refuse, self._fallback, paused, self._paused)

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
        paused: dict[str, Snapshot],
        to_pause: dict[str, Snapshot],
    ) -> None:
        self._plan = plan
        self._rows = PreparedRows(plan)
        self._stager = Stager(plan, self._rows, refuse)
        self._fallback = fallback
        self._paused, self._to_pause = paused, to_pause
        self._alone = self._train_alone()
        self._groups: dict[int, Group] = {}
        self._next = 0
        self._stage()

    def is_ready(self) -> bool:
        """Whether the next outcome is there already, and costs no time."""
        group = self._groups.get(self._next)
        return group is not None and group.has_trained(self._next)

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
        for group in make_groups(self._stager.stage()):
            self._groups.update(dict.fromkeys(group.stages, group))

    def _outcome(self, number: int) -> Outcome:
        if number in self._stager.failed:
            return self._stager.failed.pop(number)
        if number not in self._groups:
            return next(self._alone)
        group, start = self._groups[number], time.perf_counter()
        try:
            trained = group.train(
                number, self._stager.tables, self._plan.expired, self._find_paused
            )
        except Exception as error:  # what a group has in common ends it, not others
            return Outcome(None, error, time.perf_counter() - start)
        del self._groups[number]
        if trained.paused is not None:
            stage = group.stages[number]
            crop = stage.template.lifted.crop
            standing = trained.paused.standing.reshaped(crop)
            snapshot = replace(trained.paused, standing=standing)
            self._to_pause[_key(stage)] = snapshot
        return group.take_outcome(number, trained)

    def _find_paused(self, stage: Stage) -> Snapshot | None:
        return self._paused.get(_key(stage)) if self._paused else None

    def _train_alone(self) -> Iterator[Outcome]:
        """The trainings that could not be stacked, carried out by the fallback."""
        # More may be added while this goes on; n_jobs want all that there are at once.
        n_done = 0
        while n_done < len(self._stager.single):
            numbers = self._stager.single[n_done:]
            trainings = [self._plan.trainings[number] for number in numbers]
            plan = replace(self._plan, trainings=trainings)
            yield from self._fallback.carry_out(plan, self._rows)
            n_done += len(numbers)


def _key(stage: Stage) -> str:
    """Equal for the same training to different epochs."""
    parameters = {
        name: value
        for name, value in stage.training.parameters.items()
        if name != "stop_after"
    }
    return str(joblib.hash((parameters, stage.training.rows)))
