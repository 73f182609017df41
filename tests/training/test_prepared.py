"""What is prepared once, and shared by trainings and plans of the same data."""

import numpy as np
import pytest

from skautogen.inputs import TablePreparer
from skautogen.selection import FeatureSelector
from skautogen.training import Plan, PreparedRows, Training, make_network_pipeline
from skautogen.training._network_regressor import NetworkRegressor

rng = np.random.default_rng(0)
X = rng.normal(size=(30, 3))
y = X.sum(axis=1)
FOLDS = [np.arange(0, 20), np.arange(10, 30)]


class CountingPreparer(TablePreparer):
    """Keeps the numbers of rows that it was fitted on, for all its clones."""

    fitted_on: list[int] = []  # noqa: RUF012

    def fit(self, X, y=None, sample_weight=None):
        self.fitted_on.append(len(X))
        return super().fit(X, y, sample_weight=sample_weight)


@pytest.fixture
def fitted_on():
    CountingPreparer.fitted_on.clear()
    return CountingPreparer.fitted_on


def make_plan(prepared, candidates, folds=FOLDS):
    network = NetworkRegressor(architecture="mlp", hyperparameters={}, seed=0)
    pipeline = make_network_pipeline(
        CountingPreparer(), FeatureSelector(task="regression"), network
    )
    trainings = [
        Training(number, parameters, rows)
        for number, parameters in enumerate(candidates)
        for rows in folds
    ]
    return Plan(pipeline, X, y, None, trainings, prepared=prepared)


def prepare(plan):
    return [plan.prepare(training) for training in plan.trainings]


def test_candidates_of_all_plans_share_what_is_prepared(fitted_on):
    prepared = PreparedRows()
    candidates = [{"learning_rate": 0.1}, {"learning_rate": 0.2}]
    first = prepare(make_plan(prepared, candidates))
    second = prepare(make_plan(prepared, [{"learning_rate": 0.3}]))
    assert fitted_on == [20, 20]
    for one, other in zip(first[:2], second, strict=True):
        assert other.X is one.X
        rate = other.pipeline.named_steps["network"].get_params()["hyperparameters"]
        assert rate == {"learning_rate": 0.3}


def test_each_fold_is_prepared_on_its_own_rows():
    for each, rows in zip(prepare(make_plan(PreparedRows(), [{}])), FOLDS, strict=True):
        alone = TablePreparer().fit(X[rows], y[rows])
        np.testing.assert_array_equal(each.X, alone.transform(X[rows]))
        np.testing.assert_array_equal(each.y, y[rows])


def test_what_a_plan_did_not_use_is_forgotten(fitted_on):
    prepared = PreparedRows()
    prepare(make_plan(prepared, [{}]))
    prepared.forget_unused()  # all was used
    prepare(make_plan(prepared, [{}], FOLDS[:1]))
    assert len(fitted_on) == 2
    prepared.forget_unused()  # the second fold was not
    prepare(make_plan(prepared, [{}]))
    assert len(fitted_on) == 3


def test_what_could_not_be_prepared_is_no_trouble_later():
    prepared = PreparedRows()
    plan = make_plan(prepared, [{}])
    with pytest.raises(ValueError, match="sample"):
        plan.prepare(Training(0, {}, np.array([], dtype=int)))
    prepared.forget_unused()
    assert len(prepare(plan)) == 2
