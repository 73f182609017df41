"""Groups: which trainings go into one program, and the training of a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from .._plan import Outcome
from ._compiler import get_compiler
from ._cost import even_rounds, group_seconds, most_models, pays_to_fuse
from ._lift import Lifted
from ._program import Kind
from ._programs import get_program
from ._stack import Job, Snapshot, Stack, Trained
from ._stage import Stage
from ._tables import Tables


@dataclass
class Group:
    """Trainings that go into one program.

    Attributes
    ----------
    lifted : Lifted
        What trains the models of all of them.
    stages : dict of int -> Stage
        Under their numbers in the plan.
    """

    lifted: Lifted
    stages: dict[int, Stage]
    _stack: Stack | None = field(default=None, init=False)
    _numbers: list[int] = field(default_factory=list, init=False)
    _most: int | None = field(default=None, init=False)
    _error: Exception | None = field(default=None, init=False)

    @property
    def seconds(self) -> float:
        """What it costs, roughly."""
        stages = self.stages.values()
        n_steps = max(stage.n_steps for stage in stages)
        n_rows = max(stage.batch_size for stage in stages)
        return group_seconds(self.lifted, len(stages), n_rows, n_steps)

    def train(
        self,
        number: int,
        tables: Tables,
        expired: Callable[[], bool],
        paused: Callable[[Stage], Snapshot | None],
    ) -> Trained:
        """Train until the training of a number is done.

        When the memory does not suffice, half as many are trained at once.
        """
        if self._error is not None:
            raise self._error
        while True:
            try:
                if self._stack is None:
                    self._begin(number, tables, paused)
                assert self._stack is not None
                return self._stack.train_until(self._numbers.index(number), expired)
            except Exception as error:
                stack, self._stack = self._stack, None
                n_places = 1 if stack is None else stack.n_places
                if n_places == 1 or not get_compiler().is_out_of_memory(error):
                    self._error = error
                    raise
                self._most = n_places // 2

    def _begin(
        self, number: int, tables: Tables, paused: Callable[[Stage], Snapshot | None]
    ) -> None:
        """Stack the trainings from a number on."""
        self._numbers = [each for each in self.stages if each >= number]
        stages = [self.stages[each] for each in self._numbers]
        jobs = [self._make_job(stage, tables, paused(stage)) for stage in stages]
        n_rows = max(job.batch_size for job in jobs)
        most = self._most or most_models(self.lifted, n_rows)
        n_places = even_rounds(len(jobs), most)
        rounds = -(-len(jobs) // n_places)
        n_steps = rounds * max(stage.n_steps for stage in stages)
        shape = stages[0].rows.X.shape[1:]
        kind = Kind(
            lifted=self.lifted,
            loss=stages[0].template.loss,
            input_shape=shape,
            smooths=any(job.strategy.label_smoothing > 0 for job in jobs),
            watches=any(len(job.watched) for job in jobs),
            fused=pays_to_fuse(self.lifted, n_places, n_rows, n_steps),
        )
        self._stack = Stack(get_program(kind), tables.data(shape), jobs, n_places)

    def _make_job(self, stage: Stage, tables: Tables, paused: Snapshot | None) -> Job:
        template = stage.template
        if paused is not None:
            standing = paused.standing.reshaped(self.lifted.pad)
            paused = replace(paused, standing=standing)
        return Job(
            single=self.lifted.fit_in(template.single, template.lifted),
            training=tables.numbers(stage.rows),
            watched=tables.numbers(stage.watched),
            strategy=stage.network.strategy,
            seed=stage.network.seed,
            paused=paused,
        )

    def has_trained(self, number: int) -> bool:
        """Whether the training of a number is done."""
        if self._stack is None or number not in self._numbers:
            return False
        return self._numbers.index(number) in self._stack.trained

    def take_outcome(self, number: int, trained: Trained) -> Outcome:
        """The network put into its pipeline, and let go."""
        stage = self.stages.pop(number)
        try:
            lifted = stage.template.lifted
            weights = lifted.for_keras(lifted.crop(trained.weights))
            stage.network.adopt(trained.history, weights)
        except Exception as error:  # one network's NaN touches no other
            return Outcome(None, error, trained.seconds)
        return Outcome(stage.pipeline, None, trained.seconds)


def make_groups(stages: dict[int, Stage]) -> list[Group]:
    """Divide trainings into groups, as few as make them fast.

    Trainings that one program can train exactly as they are go together. Groups whose
    structures can be merged are, as long as that is estimated to save time: a program
    less to compile, and steps shared, against padding that is computed for nothing.

    Parameters
    ----------
    stages : dict of int -> Stage

    Returns
    -------
    groups : list of Group
    """
    families: dict[Any, dict[Lifted, Group]] = {}
    for number, stage in stages.items():
        # What is never merged.
        family = stage.template.loss, stage.batch_size, stage.rows.X.shape[1:]
        groups = families.setdefault(family, {})
        lifted = stage.template.lifted
        groups.setdefault(lifted, Group(lifted, {})).stages[number] = stage
    return [
        group
        for groups in families.values()
        for group in _merge_cheapest(list(groups.values()))
    ]


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
    return a.seconds + b.seconds - merged.seconds, merged
