"""Smaller estimators of the same kind, and what is refused."""

import pickle
from copy import copy
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

import skautogen
from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.compression import METHODS, share_lost
from skautogen.compression._lesson import Lesson, make_trial
from skautogen.compression._mixing import mixed_rows
from skautogen.compression._smaller import led_by
from skautogen.compression._teaching import _as_labels
from skautogen.training import Outcome, get_engine
from skautogen.training._network import TrainingDivergedError


@pytest.fixture(scope="module")
def distilled(classifier, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("skautogen.compression._teaching._MOST_EPOCHS", 12)
        return classifier.compress(rows[0], rows[1], tolerance=0.2)


@pytest.fixture(scope="module")
def rounded(classifier, rows):
    return classifier.compress(rows[0], rows[1], method="int4", tolerance=1)


# What it becomes


def test_one_network_that_answers_about_the_same(classifier, distilled, rows):
    X, y, _ = rows
    report, small = distilled.report, distilled.estimator
    assert report.done.startswith("distillation")
    assert report.bytes_after < report.bytes_before / 2
    assert small.score(X, y) > 0.8
    assert type(small) is AutoGenClassifier
    assert small.get_params() == classifier.get_params()
    assert clone(small).get_params() == classifier.get_params()


def test_the_file_is_as_large_as_reported(classifier, distilled, tmp_path):
    for estimator, n_bytes in (
        (classifier, distilled.report.bytes_before),
        (distilled.estimator, distilled.report.bytes_after),
    ):
        assert estimator.save(tmp_path / "file").stat().st_size == n_bytes


@pytest.mark.parametrize("keep", ["save", "pickle"])
@pytest.mark.parametrize("made", ["distilled", "rounded"])
def test_kept_in_a_file(keep, made, request, rows, tmp_path):
    X = rows[0]
    small = request.getfixturevalue(made).estimator
    expected = small.predict_proba(X)
    if keep == "save":
        again = skautogen.load(small.save(tmp_path / "small"))
    else:
        again = pickle.loads(pickle.dumps(small))
    # Before anything is predicted, packed weights have not been unpacked.
    model = again.model_(again.best_estimator_[:-1].transform(X))
    assert model.shape[0] == len(X)
    np.testing.assert_array_equal(again.predict_proba(X), expected)


def test_all_else_works_on_it(distilled, rows, tmp_path):
    X, y, _ = rows
    small = distilled.estimator
    assert set(small.evaluate(X, y)) >= {"accuracy", "log_loss"}
    assert len(small.leaderboard()) == 1
    assert small.export(tmp_path / "net.keras")[0].exists()
    assert small.generate_code(tmp_path / "model.py").exists()
    assert small.report(tmp_path / "page.html", X, y).exists()
    assert not hasattr(small, "oof_predictions_")
    again = small.compress(X, y, method="float16", tolerance=1)
    assert again.report.done == "float16"
    assert again.report.bytes_before == distilled.report.bytes_after


def test_nothing_changes_in_the_estimator(classifier, rows):
    X, y, _ = rows
    before, proba = dict(vars(classifier)), classifier.predict_proba(X)
    classifier.compress(X, y, method="int8")
    np.testing.assert_array_equal(classifier.predict_proba(X), proba)
    assert vars(classifier).keys() == before.keys()
    assert all(vars(classifier)[name] is before[name] for name in before)


@pytest.mark.parametrize("method", ["distillation", "pruning+int8"])
def test_numbers(method, regressor, rows):
    X, _, numbers = rows
    made = regressor.compress(X, numbers, method=method, tolerance=5.0)
    assert made.report.metric == "r2"
    assert made.report.done.startswith(method.split("+")[0])
    assert made.report.bytes_after < made.report.bytes_before
    assert made.estimator.score(X, numbers) > 0.3


def test_the_same_again(classifier, rows):
    lesson, strength = Lesson(rows[0], seed=0), "width 1/4"
    once, again = (
        METHODS["distillation"].apply(classifier, lesson, [strength])[strength]
        for _ in range(2)
    )
    np.testing.assert_array_equal(
        once.predict_proba(rows[0]), again.predict_proba(rows[0])
    )


def test_columns_of_a_frame(fast):
    rng = np.random.default_rng(0)
    number, colour = rng.normal(size=80), rng.choice(["red", "blue"], 80)
    X = pd.DataFrame({"number": number, "colour": pd.Categorical(colour)})
    X.loc[3, "colour"] = None
    y = np.where(X["colour"] == "red", "yes", "no")
    model = AutoGenClassifier(**fast).fit(X, y)
    made = model.compress(X, y, method="distillation", tolerance=0.5)
    assert made.report.done.startswith("distillation")
    assert set(made.estimator.predict(X)) == {"yes", "no"}


# By what it is judged


def test_rows_of_fit_are_judged_by_networks_that_have_not_seen_them(classifier, rows):
    X, y, _ = rows
    trial = make_trial(classifier, X, y, None, seed=0)
    judged = classifier._first_fold
    assert trial.is_part
    assert trial.n_judged == len(judged) == 80
    assert len(trial.lesson.X) == 80
    answered = classifier.classes_[classifier.oof_predictions_[judged].argmax(axis=1)]
    assert trial.score(trial.estimator) == np.mean(answered == y[judged])


@pytest.fixture(scope="module")
def two_designs(fast, rows):
    """A best candidate without hidden layers, and one with them that weighs more."""
    X, _, numbers = rows
    space = {"hidden_layer_sizes": [(16,), ()], "learning_rate": [0.03]}
    settings = {**fast, "n_iter": None, "param_space": space, "search": "grid"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "skautogen.ensemble._combine.select_greedily",
            lambda answers, score, **settings: np.array([3, 1]),
        )
        model = AutoGenRegressor(**settings).fit(X, numbers)
    (flat,) = (k for k, weight in model.ensemble_weights_.items() if weight == 0.25)
    model = led_by(model, flat, model.ensemble_.pipelines[2])
    assert _sizes(model) == model.best_params_["hidden_layer_sizes"] == ()
    return model


def _sizes(estimator):
    network = estimator.best_estimator_.named_steps["network"]
    return network.hyperparameters["hidden_layer_sizes"]


@pytest.mark.parametrize("has_the_best", [True, False])
def test_what_is_judged_has_the_design_of_what_is_returned(
    has_the_best, two_designs, rows
):
    X, _, numbers = rows
    model = copy(two_designs)
    lead, sizes = model.best_index_, ()
    if not has_the_best:  # as where the networks of its folds were left out
        model.best_index_ = 2
        weights = model.ensemble_weights_
        lead, sizes = max(weights, key=weights.__getitem__), (16,)
    trial = make_trial(model, X, numbers, None, seed=0)
    assert trial.is_part
    assert _sizes(trial.estimator) == _sizes(trial.led) == sizes
    assert trial.led.best_index_ == lead


def test_a_best_network_without_hidden_layers(two_designs, rows):
    X, _, numbers = rows
    made = two_designs.compress(X, numbers, method="distillation", tolerance=5.0)
    assert made.report.done == "distillation (one network)"
    assert _sizes(made.estimator) == ()


class _Diverging:
    """An engine of which some trainings diverge: (call, training) from 0."""

    def __init__(self, engine, diverging):
        self._engine, self._diverging, self._n_calls = engine, diverging, 0

    def carry_out(self, plan):
        outcomes = [*self._engine.carry_out(plan)]
        for call, training in self._diverging:
            if call == self._n_calls:
                error = TrainingDivergedError("The loss became nan")
                outcomes[training] = Outcome(None, error, 0.0)
        self._n_calls += 1
        return outcomes


def test_a_student_that_diverges_ends_nothing(regressor, rows, monkeypatch):
    X, _, numbers = rows
    # In the trial the first of four strengths, and later the next with all rows.
    engine = _Diverging(get_engine(regressor.engine), [(0, 0), (1, 0)])
    path = "skautogen.compression._teaching.get_engine"
    monkeypatch.setattr(path, lambda name: engine)
    made = regressor.compress(X, numbers, method="distillation", tolerance=50.0)
    assert made.report.done == "distillation (one network)"
    assert made.report.refused == (
        "distillation (width 1/4): The loss became nan",
        "distillation (width 1/2), of all networks: The loss became nan",
    )


def test_a_pruned_network_that_diverges_ends_nothing(regressor, rows, monkeypatch):
    X, _, numbers = rows

    def diverge(*arguments):
        raise TrainingDivergedError("The loss became nan")

    monkeypatch.setattr("skautogen.compression.pruning.fine_tune", diverge)
    made = regressor.compress(X, numbers, method="pruning", tolerance=50.0)
    assert made.report.done == "int8"
    assert "pruning (width 1/2): The loss became nan" in made.report.refused


def test_other_rows_are_divided(classifier, rows):
    X, y, _ = rows
    trial = make_trial(classifier, X[::-1], y[::-1], None, seed=0)
    assert not trial.is_part
    assert trial.estimator is classifier
    assert trial.n_judged == 40
    assert len(trial.lesson.X) == 120


def test_the_tolerance_is_a_share_of_the_score(distilled):
    report = distilled.report
    loss = (report.score_before - report.score_after) / report.score_before
    assert report.loss == loss <= report.tolerance


@pytest.mark.parametrize(
    ("before", "after", "lost"), [(0.8, 0.6, 0.25), (-1, -1.5, 0.5), (0, -1, np.inf)]
)
def test_share_lost(before, after, lost):
    assert share_lost(before, after) == pytest.approx(lost)


def test_what_loses_too_much_is_refused(regressor, rows, monkeypatch):
    X, _, numbers = rows
    monkeypatch.setattr("skautogen.compression._teaching._MOST_EPOCHS", 1)
    monkeypatch.setattr("skautogen.compression._teaching._FEWEST_EPOCHS", 1)
    made = regressor.compress(X, numbers, method="distillation", tolerance=0.01)
    assert made.report.done in ("int8", "float16")
    assert made.report.loss <= 0.01
    text = str(made)
    assert "tried: distillation (width 1/4): lost" in text
    assert "too much" in text
    assert f"done: {made.report.done} (asked: distillation" in text


@pytest.mark.parametrize(
    ("method", "tried"),
    [
        ("int4", ["int4", "int8", "float16"]),
        ("int8", ["int8", "float16"]),
        ("float16", ["float16"]),  # int8 is coarser, not milder
    ],
)
def test_nothing_is_done_where_all_lose_too_much(
    method, tried, regressor, rows, monkeypatch
):
    X, _, numbers = rows
    scores = iter([1.0, 0.5, 0.5, 0.5])

    def make_strict_trial(*arguments):
        return replace(make_trial(*arguments), score=lambda each: next(scores))

    path = "skautogen.compression._compress.make_trial"
    monkeypatch.setattr(path, make_strict_trial)
    made = regressor.compress(X, numbers, method=method, tolerance=0.1)
    assert made.estimator is regressor
    assert made.report.done == "nothing"
    assert made.report.bytes_after == made.report.bytes_before
    assert [each.method for each in made.report.attempts] == tried


def test_a_builder_that_cannot_be_narrowed(rows):
    X, y, _ = rows
    model = AutoGenClassifier(
        architecture=_plain, n_iter=1, cv=2, epochs=3, random_state=0
    ).fit(X, y)
    made = model.compress(X, y, method="pruning", tolerance=1)
    assert made.report.done == "int8"
    assert "not done: pruning: architecture '_plain' has none" in str(made)
    tried = model.compress(X, y, method="distillation", tolerance=1).report.attempts
    assert tried[0].method == "distillation (one network)"


def _plain(meta, slope=1.0):
    import keras

    inputs = keras.Input((meta["n_features_in_"],))
    hidden = keras.layers.Dense(8, "relu")(inputs)
    return keras.Model(inputs, keras.layers.Dense(1, "sigmoid")(hidden))


def test_answers_that_are_shared_among_many_classes_are_learned():
    answers = np.vstack([np.full(200, 1 / 200), np.eye(200)[7]])
    answers[0, 3] += 1e-3
    X, labels, weight = _as_labels(np.array([[1.0], [2.0]]), answers, np.arange(200))
    np.testing.assert_array_equal(X, [[1.0], [2.0]])
    np.testing.assert_array_equal(labels, [3, 7])
    np.testing.assert_array_equal(weight, [1, 1])


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_cells_of_mixed_rows_are_of_their_column(library):
    frame = pytest.importorskip(library).DataFrame
    X = frame({"a": np.arange(10.0), "b": list("abcdefghij")})
    mixed = mixed_rows(X, np.arange(10.0)[:, None], seed=0)
    a, b = (mixed[name].to_numpy() for name in ("a", "b"))
    assert len(mixed) == 50
    assert list(mixed.dtypes) == list(X.dtypes)
    np.testing.assert_array_equal(a[:10], X["a"].to_numpy())
    assert set(b) == set(X["b"])
    # A cell is of the row itself or of one of its five neighbours.
    own = np.tile(np.arange(10), 5)
    is_other = a != own
    assert 0.2 < is_other[10:].mean() < 0.8
    assert np.abs(a - own)[10:].max() <= 5


def test_cells_of_arrays():
    X = np.arange(20.0).reshape(10, 2)
    mixed = mixed_rows(X, X, seed=0)
    assert (mixed % 2 == [0, 1]).all()


# What is refused


def test_without_rows(classifier):
    with pytest.raises(TypeError, match=r"needs X and y.*compress\(X_train, y_train\)"):
        classifier.compress(method="int8", tolerance=0.01)


def test_an_unknown_method(classifier, rows):
    with pytest.raises(ValueError, match=r"method 'prunning'.*Did you mean 'pruning'"):
        classifier.compress(rows[0], rows[1], method="int8+prunning")
    with pytest.raises(TypeError, match="method must be a name"):
        classifier.compress(rows[0], rows[1], method=["int8"])


@pytest.mark.parametrize("tolerance", [-0.1, "1%", None, True, np.nan])
def test_a_wrong_tolerance(tolerance, classifier, rows):
    with pytest.raises(ValueError, match="tolerance must be a number >= 0"):
        classifier.compress(rows[0], rows[1], tolerance=tolerance)


def test_labels_that_are_not_known(classifier, rows):
    with pytest.raises(ValueError, match=r"labels that fit has not seen: \[2\]"):
        classifier.compress(rows[0], rows[1] + 1)


def test_too_few_rows(classifier, rows):
    with pytest.raises(ValueError, match=r"at least 20 rows.*got 10"):
        classifier.compress(rows[0][:10], rows[1][:10])


def test_one_that_is_not_fitted(rows):
    with pytest.raises(NotFittedError, match="not fitted yet"):
        AutoGenClassifier().compress(rows[0], rows[1])
