"""Bringing trainings to the point where only their networks are left to train."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .._forward import Forward, make_forward
from .._pipeline import NetworkPipeline
from .._plan import Outcome, Plan, Training
from .._prepared import Prepared
from .._rows import Rows
from ._lift import Lifted, NotStackableError, Single, lift
from ._programs import check_program

# Of the time that is left, what building models may take before some are trained.
_SHARE = 0.1


@dataclass(frozen=True)
class Template:
    """What a candidate's Keras model says of its training.

    Attributes
    ----------
    lifted : Lifted
    single : Single
        With the initial weights.
    loss : str
    forward : callable
        Through which its networks answer.
    """

    lifted: Lifted
    single: Single
    loss: str
    forward: Forward


@dataclass(frozen=True)
class Stage:
    """A training that is ready to begin.

    Attributes
    ----------
    training : Training
    pipeline : NetworkPipeline
        All but the network is fitted, and the network has learned what its data are.
    rows : Rows
        To train on, with y as the network wants it.
    watched : Rows or None
    template : Template
    """

    training: Training
    pipeline: NetworkPipeline
    rows: Rows
    watched: Rows | None
    template: Template

    @property
    def network(self) -> Any:
        return self.pipeline.named_steps["network"]

    @property
    def batch_size(self) -> int:
        return int(self.network.strategy.rows_per_step(len(self.rows)))

    @property
    def n_steps(self) -> int:
        """Steps of the whole training."""
        strategy = self.network.strategy
        return int(strategy.steps_per_epoch(len(self.rows)) * strategy.last_epoch)


class Stager:
    """Stages the trainings of a plan.

    Parameters
    ----------
    plan : Plan
    refuse : callable
        Is told of each training that cannot be stacked; may raise.

    Attributes
    ----------
    n_staged : int
        How many of the plan's trainings have been dealt with.
    single : list of int
        Numbers of the trainings that cannot be stacked.
    failed : dict of int -> Outcome
        Of trainings that went wrong before their network.
    """

    def __init__(
        self,
        plan: Plan,
        refuse: Callable[[NotStackableError], None],
    ) -> None:
        self._plan = plan
        self._refuse = refuse
        self._learned: dict[
            tuple[int, bool], tuple[Rows, Rows | None, dict[str, Any]]
        ] = {}
        self._templates: dict[Any, Template | NotStackableError] = {}
        self.n_staged = 0
        self.single: list[int] = []
        self.failed: dict[int, Outcome] = {}

    def stage(self) -> dict[int, Stage]:
        """Stage trainings from the first that is left, all while there is time.

        With a limit, candidates after the first take a part of it, so that the rest
        goes into training. The first also prepares the rows of all.
        """
        stages = {}
        first, stop = self.n_staged, 0.0
        candidates = [each.candidate for each in self._plan.trainings]
        for number in range(first, len(candidates)):
            seconds = self._plan.seconds_left()
            begins = number > first and candidates[number] != candidates[number - 1]
            if begins and not stop:
                stop = (1 - _SHARE) * seconds
            elif begins and seconds < stop:  # never without a limit
                break
            if number > first and seconds <= 0:
                break
            try:
                stages[number] = self._stage(self._plan.trainings[number])
            except NotStackableError as error:
                self._refuse(error)
                self.single.append(number)
            except Exception as error:  # costs one score, as in the sequential engine
                self.failed[number] = Outcome(None, error, 0.0)
            self.n_staged = number + 1
        return stages

    def _stage(self, training: Training) -> Stage:
        prepared = self._plan.prepare(training)
        network = prepared.pipeline.named_steps["network"]
        if network.callbacks:
            raise NotStackableError("callbacks are for one training, not for a stack")
        # Candidates on the same rows learn the same of them, and share the rows.
        key = id(prepared.X), network.holds_out
        if key not in self._learned:
            self._learned[key] = _learn(network, prepared)
        rows, watched, learned = self._learned[key]
        vars(network).update(learned)
        template = self._template(network, rows, watched)
        return Stage(training, prepared.pipeline, rows, watched, template)

    def _template(self, network: Any, rows: Rows, watched: Rows | None) -> Template:
        # Folds share it, and candidates that differ in nothing that is built.
        key = network.builder_key(), network.seed
        if key not in self._templates:
            shape, watches = rows.X.shape[1:], watched is not None
            try:
                template = make_template(network)
                check_program(template.lifted, template.loss, shape, watches)
                self._templates[key] = template
            except NotStackableError as error:
                self._templates[key] = error
        found = self._templates[key]
        if isinstance(found, NotStackableError):
            raise found
        return found


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
    """Build a candidate's Keras model and lift it.

    Raises
    ------
    NotStackableError
        If it cannot be stacked.
    """
    model = network.build_model()
    if model.compiled:
        raise NotStackableError("its builder compiles it, with a loss of its own")
    loss, forward = network.loss_name(model), make_forward(model)
    n_steps = network.X_shape_[1] if len(network.X_shape_) > 2 else 1
    lifted, single = lift(model, loss, network.builder_key(), n_steps)
    return Template(lifted, single, loss, forward)
