"""The stacked engine: networks grouped by structure, each group one program."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from .._pipeline import NetworkPipeline
from .._plan import Outcome, Plan, Training
from .._prepared import Prepared, PreparedRows
from .._rows import Rows
from ._lift import LiftedModel, NotStackableError, Packed, describe, lift
from ._program import Data, Program
from ._trainer import Job, train_group

# Memory that the models of a group may take together; more go into further groups.
_GROUP_BYTES = 2**29
# Structures whose programs are kept; a trace costs about half a second.
_MOST_PROGRAMS = 32
_PROGRAMS: OrderedDict[Any, Program] = OrderedDict()


@dataclass(frozen=True)
class Template:
    """What a candidate's Keras model says of its training.

    Attributes
    ----------
    signature : hashable
        Equal for models that one program can train.
    lifted : LiftedModel
    weights : Packed
        The initial ones.
    dropout : float
    loss : str
    """

    signature: Any
    lifted: LiftedModel
    weights: Packed
    dropout: float
    loss: str


@dataclass(frozen=True)
class Stage:
    """A training that is ready to begin.

    Attributes
    ----------
    pipeline : NetworkPipeline
        All but the network is fitted, and the network has learned what its data are.
    training : Rows
    watched : Rows or None
        With y as the network wants it.
    template : Template
    """

    pipeline: NetworkPipeline
    training: Rows
    watched: Rows | None
    template: Template

    @property
    def network(self) -> Any:
        return self.pipeline.named_steps["network"]

    @property
    def group(self) -> Any:
        """Equal for trainings that go into one program together."""
        strategy = self.network.strategy
        n_rows = strategy.rows_per_step(len(self.training))
        return self.template.signature, strategy.optimizer, n_rows

    @property
    def n_bytes(self) -> int:
        """Roughly what the model takes in a stack: weights, slots, one batch."""
        shapes = self.template.lifted.shapes
        # Weights, their gradient, slots, the best so far, and what is made in between.
        numbers = 10 * sum(math.prod(shape) for shape in shapes)
        n_rows = self.network.strategy.rows_per_step(len(self.training))
        widths = self.training.X.shape[1] + sum(shape[-1] for shape in shapes)
        return 4 * (numbers + 6 * n_rows * widths)


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
        stager = _Stager(plan, self._refuse)
        # Here and not when the first outcome is asked for: a plan that is refused is
        # refused as a whole.
        stager.stage_from(0)
        return _Outcomes(plan, stager, self._fallback)

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
    """The outcomes of a plan; a group is trained when its first one is asked for."""

    def __init__(self, plan: Plan, stager: _Stager, fallback: Any) -> None:
        self._plan = plan
        self._stager = stager
        self._fallback = fallback
        self._alone = self._train_alone()
        self._done: dict[int, Outcome] = {}
        self._next = 0

    def is_ready(self) -> bool:
        """Whether the next outcome is there already, and costs no time."""
        return self._next in self._done

    def __next__(self) -> Outcome:
        number = self._next
        if number == len(self._plan.trainings):
            raise StopIteration
        if number == self._stager.n_staged:
            self._stager.stage_from(number)
        group = self._stager.groups.get(number, {})
        if number not in self._done and group:
            self._done.update(_train_group(group, self._plan.expired))
        self._done.update(self._stager.take_failed())
        outcome = self._done.pop(number) if number in self._done else next(self._alone)
        self._stager.groups.pop(number, None)
        self._next += 1
        return outcome

    def _train_alone(self) -> Iterator[Outcome]:
        """The trainings that could not be stacked, carried out by the fallback."""
        # More may be added while this goes on; n_jobs want all that there are at once.
        n_done = 0
        while n_done < len(self._stager.single):
            numbers = self._stager.single[n_done:]
            trainings = [self._plan.trainings[number] for number in numbers]
            yield from self._fallback.carry_out(
                replace(self._plan, trainings=trainings)
            )
            n_done += len(numbers)


class _Stager:
    """Brings trainings to the point where only the network is left.

    Attributes
    ----------
    n_staged : int
        How many of the plan's trainings have been dealt with.
    groups : dict of int -> dict of int -> Stage
        Those to be trained together, under the number of each of them.
    single : list of int
        Numbers of the trainings that cannot be stacked.
    failed : dict of int -> Outcome
        Of trainings that went wrong before their network.
    """

    def __init__(self, plan: Plan, refuse: Callable[[NotStackableError], None]) -> None:
        self._plan = plan
        self._refuse = refuse
        self._rows = PreparedRows(plan)
        self._learned: dict[int, tuple[Rows, Rows | None, dict[str, Any]]] = {}
        self._templates: dict[Any, Template] = {}
        self.n_staged = 0
        self.groups: dict[int, dict[int, Stage]] = {}
        self.single: list[int] = []
        self.failed: dict[int, Outcome] = {}

    def stage_from(self, first: int) -> None:
        """Stage trainings from a number on, all of them while there is time."""
        open_groups: dict[Any, dict[int, Stage]] = {}
        for number in range(first, len(self._plan.trainings)):
            if number > first and self._plan.expired():
                break
            try:
                stage = self._stage(self._plan.trainings[number])
                group = open_groups.setdefault(stage.group, {})
                if len(group) >= max(1, _GROUP_BYTES // stage.n_bytes):
                    group = open_groups[stage.group] = {}
                group[number] = stage
                self.groups[number] = group
            except NotStackableError as error:
                self._refuse(error)
                self.single.append(number)
            except Exception as error:  # costs one score, as in the sequential engine
                self.failed[number] = Outcome(None, error, 0.0)
            self.n_staged = number + 1

    def take_failed(self) -> dict[int, Outcome]:
        """Hand over the failures that nobody has been told of."""
        failed, self.failed = self.failed, {}
        return failed

    def _stage(self, training: Training) -> Stage:
        """Prepare rows and network of a training.

        Raises
        ------
        NotStackableError
            If its network cannot be stacked.
        """
        prepared = self._rows.prepare(training)
        network = prepared.pipeline.named_steps["network"]
        if network.callbacks:
            raise NotStackableError("callbacks are for one training, not for a stack")
        # Candidates on the same rows learn the same of them, and share the rows.
        key = id(prepared.X)
        if key not in self._learned:
            self._learned[key] = _learn(network, prepared)
        rows, watched, learned = self._learned[key]
        vars(network).update(learned)
        template = self._template(network, training)
        return Stage(prepared.pipeline, rows, watched, template)

    def _template(self, network: Any, training: Training) -> Template:
        # Folds of a candidate share it, unless they differ in what they feed it.
        key = training.candidate, network.n_features_in_
        if key not in self._templates:
            self._templates[key] = make_template(network)
        return self._templates[key]


def _learn(
    network: Any, prepared: Prepared
) -> tuple[Rows, Rows | None, dict[str, Any]]:
    """Divide and encode the rows, and let the network learn what its data are."""
    parameters = set(vars(network))
    rows, watched = network.divide(prepared.X, prepared.y, prepared.sample_weight)
    network.learn_data(rows.X, rows.y)
    encode = network.target_encoder_.transform
    learned = {k: v for k, v in vars(network).items() if k not in parameters}
    return (
        _encoded(rows, encode),
        None if watched is None else _encoded(watched, encode),
        learned,
    )


def _encoded(rows: Rows, encode: Callable[[np.ndarray], np.ndarray]) -> Rows:
    y = np.asarray(encode(rows.y), dtype="float32").reshape(len(rows), -1)
    return Rows(rows.X, y, rows.weight)


def make_template(network: Any) -> Template:
    """Build a candidate's Keras model and read off it what a stack needs.

    Raises
    ------
    NotStackableError
        If it cannot be stacked.
    """
    model = network.build_model()
    if model.compiled:
        raise NotStackableError("its builder compiles it, with a loss of its own")
    lifted = lift(model)
    rates = {
        each.rate for each in model.layers if isinstance(each, keras.layers.Dropout)
    }
    if len(rates) > 1:
        raise NotStackableError("its dropout layers have different rates")
    loss = network.loss_for(model)
    return Template(
        signature=(describe(model), loss),
        lifted=lifted,
        weights=lifted.pack(model.get_weights()),
        dropout=float(rates.pop()) if rates else 0.0,
        loss=loss,
    )


def _train_group(
    stages: dict[int, Stage], expired: Callable[[], bool]
) -> dict[int, Outcome]:
    """Train the networks of a group, and put each into its pipeline."""
    start = time.perf_counter()
    try:
        data, jobs = _gather(list(stages.values()))
        program = _program(next(iter(stages.values())))
        trained = train_group(program, data, jobs, expired)
    except Exception as error:  # what a group has in common ends the group, not others
        seconds = (time.perf_counter() - start) / len(stages)
        return {number: Outcome(None, error, seconds) for number in stages}
    seconds = (time.perf_counter() - start) / len(stages)
    outcomes = {}
    for (number, stage), result in zip(stages.items(), trained, strict=True):
        try:
            weights = stage.template.lifted.unpack(result.weights)
            stage.network.adopt(result.history, [each[0].numpy() for each in weights])
            outcomes[number] = Outcome(stage.pipeline, None, seconds)
        except Exception as error:  # one network's NaN touches no other
            outcomes[number] = Outcome(None, error, seconds)
    return outcomes


def _gather(stages: list[Stage]) -> tuple[Data, list[Job]]:
    """Put the rows of all trainings into one table, each kind of rows once."""
    tables: dict[int, Rows] = {}
    first: dict[int, int] = {}

    def numbers(rows: Rows | None) -> np.ndarray:
        if rows is None:
            return np.empty(0, dtype=np.int32)
        if id(rows) not in tables:
            first[id(rows)] = sum(map(len, tables.values()))
            tables[id(rows)] = rows
        return first[id(rows)] + np.arange(len(rows), dtype=np.int32)

    jobs = [
        Job(
            weights=stage.template.weights,
            training=numbers(stage.training),
            watched=numbers(stage.watched),
            strategy=stage.network.strategy,
            dropout=stage.template.dropout,
            seed=stage.network.seed,
        )
        for stage in stages
    ]
    columns = zip(
        *((each.X, each.y, each.weight) for each in tables.values()), strict=True
    )
    data = Data(*(tf.constant(np.concatenate(each), tf.float32) for each in columns))
    return data, jobs


def _program(stage: Stage) -> Program:
    """The program of a stage's group, kept for later groups of the same structure."""
    optimizer = stage.network.strategy.optimizer
    key = stage.template.signature, optimizer
    if key not in _PROGRAMS:
        _PROGRAMS[key] = Program(stage.template.lifted, optimizer, stage.template.loss)
    _PROGRAMS.move_to_end(key)
    while len(_PROGRAMS) > _MOST_PROGRAMS:
        _PROGRAMS.popitem(last=False)
    return _PROGRAMS[key]
