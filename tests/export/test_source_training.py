"""The optimizer of a generated file is that of the training strategy."""

import keras
import numpy as np
import pytest

from skautogen.export.source._file import join_file
from skautogen.export.source._task import Task
from skautogen.export.source._training import training_source
from skautogen.export.source.preparers import preparation_source
from skautogen.inputs import TablePreparer
from skautogen.selection import FeatureSelector
from skautogen.training import OPTIMIZERS, SCHEDULES, TrainingStrategy

N_ROWS = 100
X = np.random.default_rng(0).normal(size=(30, 2))
PREPARATION = preparation_source(
    "table", TablePreparer().fit(X), FeatureSelector().fit(X), Task()
)


class _Network:
    """What is read of a network that was trained."""

    def __init__(self, strategy, model):
        self.strategy, self.model_ = strategy, model
        self.callbacks, self.seed = None, 3
        self.history_ = {"loss": [1.0] * strategy.n_epochs}
        self.X_shape_ = (N_ROWS, 2)


@pytest.fixture(scope="module")
def model():
    layers = [
        keras.layers.Dense(3, name="hidden"),
        keras.layers.BatchNormalization(),
        keras.layers.Dense(1),
    ]
    built = keras.Sequential([keras.Input((2,)), *layers])
    return built


def _make(strategy, model):
    """The optimizer that the generated code makes."""
    network = _Network(strategy, model)
    source = training_source(network, None, PREPARATION, stratifies=False)
    sections = [list(source.parts), source.functions]
    names = {r"\bInputs\b": "np.ndarray", r"\bTrained\b": "object"}
    code = join_file('"""Test."""\n\nimport keras', source.settings, sections, names)
    names = {"__name__": "generated"}
    exec(compile(code, "generated", "exec"), names)
    n_steps = strategy.steps_per_epoch(N_ROWS) * strategy.n_epochs
    taken = () if strategy.schedule == "constant" else (n_steps,)
    return names["make_optimizer"](*taken)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_rates(schedule, model):
    strategy = TrainingStrategy(schedule=schedule, epochs=10, learning_rate=0.02)
    made, wanted = _make(strategy, model), strategy.optimizer_for(N_ROWS)
    for step in (0, 1, 5, 20, 39):
        made.iterations.assign(step)
        wanted.iterations.assign(step)
        assert float(made.learning_rate) == pytest.approx(float(wanted.learning_rate))


@pytest.mark.parametrize("weight_decay", [0.0, 0.05])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_settings(name, weight_decay, model):
    strategy = TrainingStrategy(
        optimizer=name, weight_decay=weight_decay, schedule="constant"
    )
    made, wanted = _make(strategy, model), strategy.optimizer_for(N_ROWS)
    assert type(made) is type(wanted)
    assert made.get_config() | {"name": ""} == wanted.get_config() | {"name": ""}
    if weight_decay:
        for variable in model.trainable_variables:
            decays = wanted._use_weight_decay(variable)
            assert made._use_weight_decay(variable) == decays
