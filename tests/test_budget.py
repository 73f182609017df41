"""What a fit does when time is over, at Ctrl-C, and when trainings fail."""

from __future__ import annotations

import signal
import time
import warnings
from collections import Counter

import keras
import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.exceptions import FitFailedWarning

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.search import SearchStoppedWarning

X, y = load_iris(return_X_y=True)
numbers = X[:, 0] + X[:, 3]

FAST = {"cv": 2, "epochs": 1, "early_stopping": False, "random_state": 0}
ONE_BY_ONE = {**FAST, "engine": "sequential"}


def network(meta):
    """The smallest network there is for the iris."""
    n_outputs = meta.get("n_classes_", 1)
    activation = "softmax" if n_outputs > 1 else "linear"
    inputs = keras.Input((meta["n_features_in_"],))
    return keras.Model(inputs, keras.layers.Dense(n_outputs, activation)(inputs))


class Builder:
    """Builds the smallest network; `at` says what the n-th new tag raises, from 1."""

    def __init__(self, seconds=0.0, at=None):
        self.seconds, self.at, self.begun, self.tags = seconds, at or {}, [], []

    def __deepcopy__(self, memo):
        return self  # clones count together

    def __call__(self, meta, tag=0):
        self.begun.append(time.monotonic())
        if tag not in self.tags:
            self.tags.append(tag)
        number = self.tags.index(tag) + 1
        if number in self.at:
            raise self.at[number]
        time.sleep(self.seconds)
        return network(meta)


class RaiseAt(keras.callbacks.Callback):
    """Raises in the n-th training, counted over all the copies that trainings take."""

    def __init__(self, number, error):
        super().__init__()
        self.number, self.error, self.begun = number, error, []

    def __deepcopy__(self, memo):
        twin = RaiseAt(self.number, self.error)
        twin.begun = self.begun
        return twin

    def on_train_begin(self, logs=None):
        self.begun.append(True)
        if len(self.begun) == self.number:
            raise self.error


LINEAR = {"hidden_layer_sizes": [()], "learning_rate": [0.1, 0.01]}
SMALL = {**FAST, "architecture": "mlp"}


def fit_stopped(estimator, *data):
    """Fit, and return what the one warning that there has to be says."""
    with pytest.warns(SearchStoppedWarning) as caught:  # noqa: PT031
        try:
            estimator.fit(*data)
        except KeyboardInterrupt:  # would end the tests, too
            pytest.fail("the interrupt went through fit")
    assert len(caught) == 1
    return str(caught[0].message)


def assert_usable(model, n_tried):
    """Whether results hold `n_tried` candidates, none untried, and the best is used."""
    results = model.cv_results_
    assert len(results["params"]) == n_tried
    for name, column in results.items():
        assert len(column) == n_tried, name
    assert np.isfinite(results["mean_test_score"]).all()
    assert np.isfinite(results["mean_fit_time"]).all()
    assert model.best_score_ == results["mean_test_score"].max()
    assert model.best_params_ == results["params"][model.best_index_]
    assert len(model.leaderboard()) == n_tried
    assert model.predict(X[:3]).shape == (3,)


@pytest.fixture(scope="module")
def stopped_by_time():
    """A search of a hundred candidates of over a second each that may take five."""
    build = Builder(seconds=0.5)
    model = AutoGenClassifier(
        architecture=build,
        param_space={"tag": list(range(100))},
        n_iter=100,
        time_limit=5,
        **ONE_BY_ONE,
    )
    start = time.monotonic()
    message = fit_stopped(model, X, y)
    end = time.monotonic()
    longest = max(np.diff([*build.begun, end]))
    return model, message, build, end - start, longest


def test_time_limit_holds_within_a_tenth_and_one_training(stopped_by_time):
    model, _, _, seconds, longest = stopped_by_time
    # Twice the longest training and not once: the machine may have others to serve.
    assert seconds <= 1.1 * model.time_limit + 2 * longest


def test_results_hold_only_what_was_tried(stopped_by_time):
    model, _, build, _, _ = stopped_by_time
    n_tried = len(model.cv_results_["params"])
    assert 1 <= n_tried < 50
    assert_usable(model, n_tried)
    # Nothing was trained of the others, or one fold of one of them.
    assert len(build.tags) in (n_tried, n_tried + 1)


def test_warning_says_why_and_how_far(stopped_by_time):
    model, message, *_ = stopped_by_time
    n_tried = len(model.cv_results_["params"])
    assert "AutoGenClassifier" in message
    assert "time_limit=5" in message
    assert f"after {n_tried} of 100 candidates" in message


def test_without_time_the_first_candidate_is_still_tried():
    build = Builder()
    model = AutoGenRegressor(
        architecture=build,
        param_space={"tag": [1, 2, 3]},
        n_iter=3,
        time_limit=1e-3,
        **ONE_BY_ONE,
    )
    message = fit_stopped(model, X, numbers)
    assert "after 1 of 3 candidates" in message
    assert_usable(model, n_tried=1)
    assert len(build.tags) == 1


def test_no_warning_where_time_suffices():
    model = AutoGenClassifier(
        architecture=Builder(), n_iter=1, param_space={}, time_limit=600, **FAST
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(X, y)
    assert_usable(model, n_tried=1)
    assert "cut_short" not in model.leaderboard()


def test_halving_without_time_uses_its_first_candidate():
    model = AutoGenClassifier(
        architecture=Builder(),
        search="halving",
        param_space={"tag": [1, 2, 3]},
        n_iter=3,
        time_limit=1e-3,
        **ONE_BY_ONE,
    )
    fit_stopped(model, X, y)
    assert_usable(model, n_tried=1)
    assert model.cv_results_["iter"].tolist() == [0]


def test_networks_trained_together_go_through_their_schedules_in_time():
    model = AutoGenRegressor(
        architecture="mlp",
        param_space={
            "hidden_layer_sizes": [(16,)],
            "learning_rate": np.geomspace(1e-5, 1e-4, 20).tolist(),
        },
        n_iter=20,
        cv=2,
        epochs=30_000,
        early_stopping=False,
        time_limit=10,
        random_state=0,
    )
    start = time.monotonic()
    with warnings.catch_warnings():
        # Nothing was cut off: the epochs were made fewer early enough.
        warnings.simplefilter("error")
        model.fit(X, numbers)
    seconds = time.monotonic() - start
    # The trainings would take minutes, the final one alone half of one.
    assert seconds < 30
    assert model.n_iter_ < 30_000
    assert np.isfinite(model.cv_results_["mean_test_score"]).all()
    board = model.leaderboard()
    assert "cut_short" not in board
    assert (board["n_epochs"] < 30_000).all()


@pytest.mark.parametrize("engine", ["stacked", "sequential"])
def test_the_leaderboard_tells_how_long_each_was_trained(engine):
    model = AutoGenRegressor(
        architecture="mlp",
        search="grid",
        param_space={"hidden_layer_sizes": [(4,)], "epoch_share": [0.25, 1.0]},
        cv=2,
        epochs=8,
        engine=engine,
        random_state=0,
    ).fit(X, numbers)
    board = model.leaderboard().sort_index()
    assert board["n_epochs"].tolist() == [2, 8]


def test_without_time_trainings_end_where_they_are():
    model = AutoGenRegressor(
        architecture="mlp",
        param_space={"hidden_layer_sizes": [(16,)], "learning_rate": [1e-4]},
        n_iter=1,
        cv=2,
        epochs=30_000,
        early_stopping=False,
        time_limit=1e-3,
        random_state=0,
    )
    assert "fewer epochs" in fit_stopped(model, X, numbers)
    assert model.leaderboard()["cut_short"].all()
    assert np.isfinite(model.predict(X)).all()


@pytest.mark.parametrize("search", ["random", "grid"])
def test_interrupt_in_a_builder_keeps_what_was_finished(search):
    model = AutoGenClassifier(
        architecture=Builder(at={2: KeyboardInterrupt()}),
        search=search,
        param_space={"tag": [1, 2, 3]},
        n_iter=3,
        **ONE_BY_ONE,
    )
    message = fit_stopped(model, X, y)
    assert "AutoGenClassifier" in message
    assert "interrupted" in message
    assert "after 1 of 3 candidates" in message
    assert_usable(model, n_tried=1)
    assert len(model.architecture.tags) == 2


@pytest.mark.parametrize("training", [3, 4])
def test_interrupt_in_a_callback_keeps_what_was_finished(training):
    # Two trainings are those of the first candidate; the fifth would be the final one.
    callback = RaiseAt(training, KeyboardInterrupt())
    model = AutoGenRegressor(
        callbacks=[callback], search="grid", param_space=LINEAR, **SMALL
    )
    message = fit_stopped(model, X, numbers)
    assert "interrupted" in message
    assert "after 1 of 2 candidates" in message
    assert_usable(model, n_tried=1)
    assert len(callback.begun) == training + 1


@pytest.mark.parametrize("training", [1, 2])
def test_interrupt_of_the_first_candidate_goes_through(training):
    callback = RaiseAt(training, KeyboardInterrupt())
    model = AutoGenClassifier(callbacks=[callback], param_space=LINEAR, **SMALL)
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, y)
    assert len(callback.begun) == training
    assert not hasattr(model, "cv_results_")


def test_interrupt_of_a_scorer_keeps_what_was_finished():
    calls = []

    def score(model, X, y):
        calls.append(len(X))
        if len(calls) == 3:
            signal.raise_signal(signal.SIGINT)
        return model.score(X, y)

    model = AutoGenRegressor(search="grid", param_space=LINEAR, scoring=score, **FAST)
    assert "interrupted" in fit_stopped(model, X, numbers)
    assert_usable(model, n_tried=1)


@pytest.mark.parametrize("training", [7, 8])
def test_interrupt_of_halving_keeps_the_finished_round(training):
    # Three candidates on two folds are six trainings; the survivor's are interrupted.
    model = AutoGenClassifier(
        callbacks=[RaiseAt(training, KeyboardInterrupt())],
        search="halving",
        param_space={**LINEAR, "learning_rate": [0.1, 0.01, 0.001]},
        n_iter=3,
        **SMALL,
    )
    assert "interrupted" in fit_stopped(model, X, y)
    assert_usable(model, n_tried=3)
    assert set(model.cv_results_["iter"]) == {0}


def doomed(meta, fate="fine"):
    """A network, or what goes wrong with one."""
    if fate == "raises":
        raise RuntimeError("no such thing as a free network")
    if fate == "memory":
        raise MemoryError("cannot allocate 1.00 PiB")
    return network(meta)


DOOMED_SPACE = [
    {"fate": ["raises", "fine", "memory"]},
    {"optimizer": ["sgd"], "learning_rate": [1e30]},
]


@pytest.fixture(scope="module", params=["sequential", "stacked"])
def survivor(request):
    """A search of which one candidate of four survives, and its warnings."""
    model = AutoGenRegressor(
        architecture=doomed,
        search="grid",
        param_space=DOOMED_SPACE,
        **{**FAST, "epochs": 3, "engine": request.param},
    )
    with pytest.warns(FitFailedWarning) as caught:
        model.fit(X, numbers)
    return model, [str(each.message) for each in caught]


def test_failure_costs_a_candidate_its_own_score(survivor):
    model, _ = survivor
    scores = model.cv_results_["mean_test_score"]
    assert np.isfinite(scores).tolist() == [False, True, False, False]
    assert np.isnan(scores[[0, 2, 3]]).all()
    assert np.isnan(model.cv_results_["split0_test_score"][[0, 2, 3]]).all()
    assert model.cv_results_["rank_test_score"].tolist() == [2, 1, 2, 2]
    assert model.best_params_ == {"fate": "fine"}
    assert np.isfinite(model.predict(X)).all()


def test_one_warning_groups_failures_by_reason(survivor):
    _, messages = survivor
    assert len(messages) == 1
    [message] = messages
    assert "6 of 8 trainings failed" in message
    assert "2 x RuntimeError: no such thing as a free network" in message
    assert "2 x MemoryError: cannot allocate 1.00 PiB" in message
    assert "[0, 2, 3]" in message


def test_divergence_is_explained(survivor):
    _, [message] = survivor
    [line] = [each for each in message.splitlines() if "Diverged" in each]
    assert "2 x" in line
    assert "learning_rate" in line


def test_leaderboard_puts_failures_last(survivor):
    model, _ = survivor
    board = model.leaderboard()
    assert board.index[0] == 1
    assert board["failed_folds"].tolist() == [0, 2, 2, 2]


@pytest.mark.parametrize("engine", ["sequential", "stacked"])
@pytest.mark.parametrize("search", ["random", "grid", "halving", "halving_epochs"])
def test_all_failing_is_one_error_with_the_reason(engine, search):
    model = AutoGenClassifier(
        architecture=doomed,
        search=search,
        param_space={"fate": ["raises", "memory"]},
        n_iter=2,
        **{**FAST, "engine": engine},
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(
            ValueError, match=r"All 4 trainings of the search failed"
        ) as e:
            model.fit(X, y)
    assert not caught
    assert "2 x RuntimeError: no such thing as a free network" in str(e.value)
    assert "2 x MemoryError: cannot allocate" in str(e.value)
    assert isinstance(e.value.__cause__, (RuntimeError, MemoryError))
    assert not hasattr(model, "cv_results_")


def test_failures_do_not_end_the_search_before_one_candidate_works():
    # Time is over from the start: it is spent until one candidate has a score.
    model = AutoGenClassifier(
        architecture=Builder(at={1: RuntimeError("not yet")}),
        search="grid",
        param_space={"tag": [1, 2, 3]},
        time_limit=1e-3,
        **ONE_BY_ONE,
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model.fit(X, y)
    kinds = Counter(each.category for each in caught)
    assert kinds == {FitFailedWarning: 1, SearchStoppedWarning: 1}
    assert np.isfinite(model.cv_results_["mean_test_score"]).tolist() == [False, True]
    assert model.best_index_ == 1


def test_one_failed_fold_costs_the_candidate_its_score():
    model = AutoGenRegressor(
        callbacks=[RaiseAt(2, RuntimeError("only once"))],
        search="grid",
        param_space=LINEAR,
        **SMALL,
    )
    with pytest.warns(
        FitFailedWarning, match=r"1 of 4 trainings failed.*\n.*only once"
    ):
        model.fit(X, numbers)
    assert np.isnan(model.cv_results_["mean_test_score"]).tolist() == [True, False]
    assert np.isfinite(model.cv_results_["split0_test_score"]).all()
    assert model.best_index_ == 1


def test_failure_of_the_final_training_is_an_error():
    model = AutoGenClassifier(
        callbacks=[RaiseAt(3, RuntimeError("out of luck"))],
        param_space={**LINEAR, "learning_rate": [0.1]},
        n_iter=1,
        **SMALL,
    )
    with pytest.raises(RuntimeError, match=r"out of luck"):
        model.fit(X, y)


def test_many_more_candidates_than_there_is_time_for_cost_none():
    model = AutoGenClassifier(
        architecture="table_blocks", n_iter=20_000, time_limit=10, cv=2, random_state=0
    )
    start = time.monotonic()
    message = fit_stopped(model, X, y)
    assert time.monotonic() - start < 40
    assert "of 20000 candidates" in message
    assert np.isfinite(model.cv_results_["mean_test_score"]).all()
