"""Searches of scikit-learn's over an engine that trains nothing."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.exceptions import FitFailedWarning
from sklearn.model_selection import KFold
from sklearn.preprocessing import FunctionTransformer

from skautogen.search import Budget, SearchRun, SearchStoppedWarning, get_strategy
from skautogen.training import NetworkPipeline, Outcome, TrainingStrategy

N_ROWS = 60
X = np.arange(N_ROWS, dtype=float)[:, None]
y = np.sqrt(X[:, 0])


class Constant(RegressorMixin, BaseEstimator):
    """A network that answers with its hyper-parameter ``value``."""

    callbacks = None
    strategy = TrainingStrategy(epochs=5)

    def __init__(self, hyperparameters=None):
        self.hyperparameters = hyperparameters

    def fit(self, X, y):
        self.value_ = self.hyperparameters["value"]
        self.history_ = {"loss": [1.0] * 5}
        return self

    def predict(self, X):
        return np.full(len(X), self.value_)


class FakeEngine:
    """Takes a number of seconds of its own for each training, and fails where told."""

    def __init__(self, fails=None, dies_at=None, interrupted_at=None):
        self.fails = fails or {}
        self.dies_at = dies_at
        self.interrupted_at = interrupted_at
        self.plans, self.trained, self.seconds = [], [], []

    def carry_out(self, plan):
        self.plans.append(plan)
        if len(self.plans) == self.interrupted_at:
            raise KeyboardInterrupt
        return (self.train(plan, training) for training in plan.trainings)

    def train(self, plan, training):
        self.trained.append(training)
        if len(self.trained) == self.dies_at:
            raise OSError("a worker died")
        seconds = 0.01 * len(self.trained) ** 2
        self.seconds.append(seconds)
        try:
            if len(self.trained) in self.fails:
                raise self.fails[len(self.trained)]
        except Exception as error:
            return Outcome(None, error, seconds)
        pipeline = plan.unfitted(training)
        y, _ = plan.targets(training)
        pipeline.named_steps["network"].fit(plan.X[training.rows], y)
        cut = training.parameters.get("cut", False)
        return Outcome(pipeline, None, seconds, is_cut_short=cut)


class FakeBudget:
    """Has time for what takes no more than `seconds`, whenever it is asked."""

    time_limit = 10

    def __init__(self, seconds=np.inf, elapsed=0.0):
        self.seconds, self.elapsed = seconds, elapsed

    @property
    def left(self):
        return self.seconds


class FakeProgress:
    def __init__(self):
        self.total, self.n_done, self.told = 0, 0, []

    def add_total(self, n):
        self.total += n

    def advance(self):
        self.n_done += 1

    def best(self, score):
        self.told.append(score)


def fit(
    engine,
    space,
    *,
    strategy="grid",
    cv=None,
    scoring="neg_mean_absolute_error",
    budget=None,
    progress=None,
    scorer=None,
    sample_weight=None,
):
    """Fit a search, and return it and its run."""
    step = FunctionTransformer()
    pipeline = NetworkPipeline(
        [("prepare", step), ("select", step), ("network", Constant())]
    )
    search = get_strategy(strategy).make(
        pipeline,
        space,
        n_iter=4,
        cv=cv or KFold(3),
        scoring=scoring,
        refit=True,
        random_state=0,
        error_score=np.nan,
    )
    budget, progress = budget or Budget(None), progress or FakeProgress()
    run = SearchRun(engine, pipeline, X, y, sample_weight, budget, progress, scorer)
    return search.fit_with(run, X, y, None, sample_weight=sample_weight), run


def mean_errors(values, weight=None):
    """Minus the mean absolute error of constants, as (constants, folds)."""
    folds = [test for _, test in KFold(3).split(X)]
    weight = np.ones(N_ROWS) if weight is None else weight
    return -np.array(
        [
            [np.average(np.abs(y[test] - v), weights=weight[test]) for test in folds]
            for v in values
        ]
    )


VALUES = [5.0, 0.0, 4.0, 9.0]


# The way of trainings from the engine to the results


@pytest.mark.parametrize("strategy", ["grid", "random"])
def test_each_candidate_is_scored_by_what_was_trained_for_it(strategy):
    search, _ = fit(FakeEngine(), [{"value": VALUES}], strategy=strategy)
    results = search.cv_results_
    values = [params["value"] for params in results["params"]]
    assert sorted(values) == sorted(VALUES)
    for k, scores in enumerate(mean_errors(values).T):
        np.testing.assert_allclose(results[f"split{k}_test_score"], scores)
    assert search.best_params_ == {"value": 5.0}
    assert search.predict(X[:2]).tolist() == [5.0, 5.0]


def test_trainings_come_candidate_by_candidate_and_the_winner_at_last():
    engine = FakeEngine()
    fit(engine, [{"value": VALUES}])
    search, refit = engine.plans
    assert [training.candidate for training in search.trainings] == sorted(
        3 * [*range(4)]
    )
    folds = [train for train, _ in KFold(3).split(X)]
    for training, rows in zip(search.trainings, 4 * folds, strict=True):
        assert training.parameters == {"value": VALUES[training.candidate]}
        np.testing.assert_array_equal(training.rows, rows)
    [training] = refit.trainings
    np.testing.assert_array_equal(training.rows, np.arange(N_ROWS))
    network = refit.unfitted(training).named_steps["network"]
    assert network.hyperparameters == {"value": 5.0}


def test_seconds_in_the_results_are_those_of_the_engine():
    engine = FakeEngine()
    search, run = fit(engine, [{"value": VALUES}])
    by_candidate = np.array(engine.seconds[:12]).reshape(4, 3)
    results = search.cv_results_
    np.testing.assert_allclose(results["mean_fit_time"], by_candidate.mean(axis=1))
    np.testing.assert_allclose(results["std_fit_time"], by_candidate.std(axis=1))
    assert run.seconds == engine.seconds[:12]


def test_rows_that_train_and_rows_that_score_are_of_one_draw():
    engine, scored = FakeEngine(), []

    def score(pipeline, X, y):
        scored.append(X[:, 0].astype(int))
        return 0.0

    cv = KFold(3, shuffle=True)  # draws anew whenever it is asked
    fit(engine, [{"value": VALUES}], cv=cv, scoring=score)
    for training, rows in zip(engine.trained, scored, strict=False):
        assert sorted([*training.rows, *rows]) == list(range(N_ROWS))
    assert len(scored) == 12


def test_weights_reach_the_engine_and_the_scores():
    weight = np.linspace(0, 2, N_ROWS)
    engine = FakeEngine()
    search, _ = fit(engine, [{"value": VALUES}], sample_weight=weight)
    expected = mean_errors(VALUES, weight).mean(axis=1)
    np.testing.assert_allclose(search.cv_results_["mean_test_score"], expected)
    assert all(plan.sample_weight is weight for plan in engine.plans)


def test_nothing_of_the_run_is_kept():
    search, _ = fit(FakeEngine(), [{"value": VALUES}])
    kept = pickle.loads(pickle.dumps(search))
    assert kept.predict(X[:1]).tolist() == [5.0]
    for pipeline in (kept.estimator, kept.best_estimator_):
        assert "_trainer" not in vars(pipeline)
    assert not {"_run", "_split_data"} & set(vars(kept))


def test_progress_is_told_of_each_training_and_the_score_of_each_candidate():
    progress = FakeProgress()

    def scorer(pipeline, X, y):
        return -np.abs(y - pipeline.predict(X)).mean()

    engine = FakeEngine(fails={5: ValueError("once")})
    fit(engine, [{"value": VALUES}], progress=progress, scorer=scorer)
    assert (progress.total, progress.n_done) == (12, 12)
    expected = mean_errors(VALUES).mean(axis=1)
    expected[1] = np.nan
    np.testing.assert_allclose(progress.told, expected)


# Failures


def test_failing_training_costs_only_its_own_score():
    engine = FakeEngine(fails={5: ValueError("no luck\nat all")})
    search, run = fit(engine, [{"value": VALUES}])
    results, expected = search.cv_results_, mean_errors(VALUES)
    expected[1, 1] = np.nan
    folds = [results[f"split{k}_test_score"] for k in range(3)]
    np.testing.assert_allclose(np.transpose(folds), expected)
    assert np.isnan(results["mean_test_score"]).tolist() == [False, True, False, False]
    assert np.isfinite(results["mean_fit_time"]).all()
    match = (
        r"1 of 12 trainings failed, and were given the score nan \(rows \[1\] of .*\n"
        r"  1 x ValueError: no luck \(.*test_planned\.py:\d+\)$"
    )
    with pytest.warns(FitFailedWarning, match=match):
        run.failures.warn(np.nan)


def test_reasons_are_counted_the_commonest_first():
    fails = {1: OSError("full"), 2: ValueError("bad"), 6: ValueError("bad")}
    _, run = fit(FakeEngine(fails), [{"value": VALUES}])
    match = r"rows \[0, 1\] .*\n  2 x ValueError: bad .*\n  1 x OSError: full .*$"
    with pytest.warns(FitFailedWarning, match=match):
        run.failures.warn(np.nan)


@pytest.mark.parametrize("strategy", ["grid", "halving"])
def test_failing_of_all_is_one_error(strategy):
    last = OSError("full")
    engine = FakeEngine(fails={n: ValueError("bad") for n in range(1, 12)} | {12: last})
    match = (
        r"All 12 trainings .* failed:\n  11 x ValueError: bad .*\n  1 x OSError: full"
    )
    with pytest.raises(ValueError, match=match) as e:
        fit(engine, [{"value": VALUES}], strategy=strategy)
    assert e.value.__cause__ is last


def test_engine_that_dies_is_handed_the_rest():
    engine = FakeEngine(dies_at=5)
    search, run = fit(engine, [{"value": VALUES}])
    scores = search.cv_results_["mean_test_score"]
    assert np.isnan(scores).tolist() == [False, True, False, False]
    assert len(engine.plans[1].trainings) == 7
    with pytest.warns(FitFailedWarning, match=r"1 of 12 .*\n  1 x OSError: a worker"):
        run.failures.warn(np.nan)


# Stopping


def test_without_time_one_candidate_is_trained_and_is_all_there_is():
    engine = FakeEngine()
    search, run = fit(engine, [{"value": VALUES}], budget=FakeBudget(seconds=0))
    assert [training.candidate for training in engine.trained] == [0, 0, 0, 0]
    assert search.cv_results_["params"] == [{"value": 5.0}]
    assert search.best_index_ == 0
    with pytest.warns(
        SearchStoppedWarning,
        match=r"Net\.fit: .* \(time_limit=10 s\) after 1 of 4 candidates; the best",
    ):
        run.warn_if_stopped("Net")


def test_time_is_spent_until_a_candidate_has_not_failed():
    engine = FakeEngine(fails={2: ValueError("once")})
    search, run = fit(engine, [{"value": VALUES}], budget=FakeBudget(seconds=0))
    assert run.untried == [False, False, True, True]
    assert search.best_params_ == {"value": 0.0}


def test_no_candidate_is_begun_that_leaves_no_time_for_the_refit():
    # Three folds and the refit, which has 3/2 of the rows, at 0.14 / 3 s each.
    cost = (3 + 1.5) * (0.01 + 0.04 + 0.09) / 3
    for seconds, begun in ((0.99 * cost, {0}), (1.01 * cost, {0, 1})):
        engine = FakeEngine()
        fit(engine, [{"value": VALUES}], budget=FakeBudget(seconds))
        assert {training.candidate for training in engine.trained} == begun


def test_no_warning_where_nothing_was_left_out():
    _, run = fit(FakeEngine(), [{"value": VALUES}], budget=FakeBudget())
    run.warn_if_stopped("Net")  # warnings are errors
    run.failures.warn(np.nan)
    assert run.untried == [False] * 4


def test_candidates_that_were_cut_short_are_marked():
    space = [{"value": [5.0], "cut": [False, True]}, {"value": [0.0]}]
    search, run = fit(FakeEngine(), space)
    cut = [each.get("cut", False) for each in search.cv_results_["params"]]
    assert sum(cut) == 1
    assert search.cv_results_["cut_short"].tolist() == cut
    match = r"after 3 of 3 candidates, some of them with fewer epochs; the best"
    with pytest.warns(SearchStoppedWarning, match=match):
        run.warn_if_stopped("Net")


def test_there_is_no_mark_where_nothing_was_cut_short():
    search, _ = fit(FakeEngine(), [{"value": [5.0]}])
    assert "cut_short" not in search.cv_results_


def test_interrupt_at_the_begin_of_a_round_keeps_the_rounds_before():
    engine = FakeEngine(interrupted_at=2)
    search, run = fit(engine, [{"value": VALUES}], strategy="halving")
    assert run.stop_reason == "interrupted"
    assert search.cv_results_["iter"].tolist() == [0, 0, 0, 0]
    assert search.best_index_ == np.argmax(search.cv_results_["mean_test_score"])
    assert search.predict(X[:1]) == [search.best_params_["value"]]
    with pytest.warns(SearchStoppedWarning, match=r"\(interrupted\) after 4 of \d "):
        run.warn_if_stopped("Net")


def test_interrupt_before_anything_is_finished_goes_through():
    with pytest.raises(KeyboardInterrupt):
        fit(FakeEngine(interrupted_at=1), [{"value": VALUES}])


# Halving


def test_halving_goes_on_with_the_better_ones_and_picks_of_the_last_round():
    engine = FakeEngine()
    search, _ = fit(engine, [{"value": VALUES}], strategy="halving")
    results = search.cv_results_
    last = results["iter"] == results["iter"].max()
    assert 0 < last.sum() < (results["iter"] == 0).sum() == 4
    assert last[search.best_index_]
    best = results["mean_test_score"][last].max()
    assert results["mean_test_score"][search.best_index_] == best
    # A candidate counts anew in each round that it reaches.
    n_rows = len(results["params"])
    assert {training.candidate for training in engine.trained} == set(range(n_rows))


def test_halving_by_several_metrics_is_refused():
    make = get_strategy("halving").make
    with pytest.raises(ValueError, match=r"one metric; got scoring=\['r2', 'max_e"):
        make(None, [{}], n_iter=2, refit="r2", scoring=["r2", "max_error"])
