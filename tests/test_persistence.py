"""Fitted estimators outlive their process: pickle, joblib and copies."""

import copy
import importlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest

import skautogen
from skautogen import AutoGenClassifier, AutoGenRegressor

FAST = {
    "architecture": "mlp",
    "n_iter": 1,
    "cv": 2,
    "epochs": 15,
    "param_space": {"hidden_layer_sizes": [(16,)], "learning_rate": [0.01]},
    "random_state": 0,
}

# A structure of the user's, in a module of the user's.
OWN_MODULE = """
import keras

def build(meta, n_units=8):
    return keras.Sequential([
        keras.Input((meta["n_features_in_"],)),
        keras.layers.Dense(n_units, "relu"),
        keras.layers.Dense(meta["n_outputs_"]),
    ])
"""

# Another process, which knows of nothing but the files.
LATER = """
import pickle
import sys

with open("before.pickle", "rb") as file:
    models, tables, targets = pickle.load(file)
print("tensorflow" in sys.modules)
predicted = [model.predict(X) for model, X in zip(models, tables)]
again = [model.fit(X, y).predict(X) for model, X, y in zip(models, tables, targets)]
with open("after.pickle", "wb") as file:
    pickle.dump((predicted, again, models), file)
"""


@pytest.fixture(scope="module")
def table():
    """Numbers, one of them missing, strings and dates; and three classes."""
    rng = np.random.default_rng(0)
    X = pd.DataFrame(
        {
            "number": rng.normal(size=90),
            "colour": rng.choice(["red", "green", "blue"], 90),
            "day": pd.date_range("2024-01-01", periods=90),
        }
    )
    X.loc[3, "number"] = np.nan
    return X, X["colour"].str.upper().to_numpy()


@pytest.fixture(scope="module")
def classifier(table):
    return AutoGenClassifier(**FAST).fit(*table)


@pytest.fixture(scope="module")
def regressor(table):
    X, _ = table
    return AutoGenRegressor(**FAST).fit(X, X["day"].dt.day_of_year.to_numpy())


def _through_pickle(model, folder):
    return pickle.loads(pickle.dumps(model))


def _through_joblib(model, folder):
    joblib.dump(model, folder / "model.joblib", compress=3)
    return joblib.load(folder / "model.joblib")


def _through_deepcopy(model, folder):
    return copy.deepcopy(model)


WAYS = [_through_pickle, _through_joblib, _through_deepcopy]


@pytest.mark.parametrize("way", WAYS)
def test_classifier_predicts_the_same(way, classifier, table, tmp_path):
    X, y = table
    twin = way(classifier, tmp_path)
    assert twin is not classifier
    np.testing.assert_array_equal(twin.predict(X), classifier.predict(X))
    np.testing.assert_array_equal(twin.predict_proba(X), classifier.predict_proba(X))
    assert twin.score(X, y) == classifier.score(X, y)


@pytest.mark.parametrize("way", WAYS)
def test_regressor_predicts_the_same(way, regressor, table, tmp_path):
    X, _ = table
    twin = way(regressor, tmp_path)
    np.testing.assert_array_equal(twin.predict(X), regressor.predict(X))


def test_everything_that_is_documented_is_kept(classifier, table):
    twin = pickle.loads(pickle.dumps(classifier))
    assert twin.get_params() == classifier.get_params()
    assert twin.best_params_ == classifier.best_params_
    assert twin.best_score_ == classifier.best_score_
    assert twin.history_ == classifier.history_
    assert twin.feature_names_in_.tolist() == ["number", "colour", "day"]
    assert twin.evaluate(*table) == classifier.evaluate(*table)
    pd.testing.assert_frame_equal(twin.leaderboard(), classifier.leaderboard())


def test_keras_model_is_there_after_unpickling(classifier, table):
    X, _ = table
    twin = pickle.loads(pickle.dumps(classifier))
    for ours, theirs in zip(
        classifier.model_.get_weights(), twin.model_.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)
    prepared = twin.best_estimator_[:-1].transform(X)
    by_keras = twin.model_.predict(prepared, verbose=0)
    np.testing.assert_allclose(
        by_keras, twin.best_estimator_.predict_proba(X), atol=1e-6
    )


def test_a_copy_is_independent(regressor, table):
    X, _ = table
    before = regressor.predict(X)
    twin = copy.deepcopy(regressor)
    twin.model_.set_weights([0 * each for each in twin.model_.get_weights()])
    twin.set_params(n_iter=7)
    np.testing.assert_array_equal(regressor.predict(X), before)
    assert regressor.n_iter == 1


def test_an_unfitted_one_pickles():
    twin = pickle.loads(pickle.dumps(AutoGenClassifier(**FAST)))
    assert twin.get_params() == AutoGenClassifier(**FAST).get_params()


# Another process


@pytest.fixture
def own_builder(tmp_path, monkeypatch):
    (tmp_path / "own_builders.py").write_text(OWN_MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("own_builders").build
    sys.modules.pop("own_builders")


def test_another_process_predicts_the_same_and_fits_again(
    classifier, regressor, table, own_builder, tmp_path
):
    X, y = table
    numbers = X[["number"]].fillna(0).to_numpy()
    own = AutoGenRegressor(n_iter=1, cv=2, epochs=3, random_state=0)
    own.set_params(architecture=own_builder, param_space={"n_units": [4]}).fit(
        numbers, numbers[:, 0]
    )
    models = [copy.deepcopy(classifier), copy.deepcopy(regressor), own]
    tables = [X, X, numbers]
    targets = [y, X["day"].dt.day_of_year.to_numpy(), numbers[:, 0]]
    expected = [model.predict(each) for model, each in zip(models, tables, strict=True)]
    with open(tmp_path / "before.pickle", "wb") as file:
        pickle.dump((models, tables, targets), file)

    _run_later(tmp_path)

    with open(tmp_path / "after.pickle", "rb") as file:
        predicted, again, refitted = pickle.load(file)
    for k in range(3):
        np.testing.assert_array_equal(predicted[k], expected[k])
    assert (again[0] == expected[0]).all()
    np.testing.assert_allclose(again[1], expected[1], rtol=1e-4)
    np.testing.assert_allclose(again[2], expected[2], rtol=1e-4, atol=1e-5)
    # And back again, with what was learned there.
    np.testing.assert_array_equal(refitted[1].predict(X), again[1])


def _run_later(folder):
    package = str(Path(skautogen.__file__).parents[1])
    # Without what this process has set for its own TensorFlow.
    fresh = {key: os.environ[key] for key in os.environ if not key.startswith("TF_")}
    path = os.pathsep.join([str(folder), package])
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", LATER],
        cwd=folder,
        env={**fresh, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    # Nobody had to import it, and nobody has to read what it says at its start.
    assert done.stdout.split() == ["True"]
    assert done.stderr == ""


# What is in the file


def _bytes_of_weights(model):
    return sum(each.nbytes for each in model.model_.get_weights())


@pytest.fixture(scope="module")
def short_and_long():
    """Two of the same network, from 200 and from 20,000 rows; and their data."""
    rng = np.random.default_rng(0)
    X, noise = rng.normal(size=(20_000, 3)), rng.normal(size=20_000)
    y = X[:, 0] + noise
    models = []
    for n_rows in (200, 20_000):
        # What is predicted for training rows is kept of an ensemble.
        model = AutoGenRegressor(**{**FAST, "epochs": 1}, ensemble_size=0)
        weight = np.ones(n_rows)
        models.append(model.fit(X[:n_rows], y[:n_rows], sample_weight=weight))
    return models, X, y


def test_the_pickle_holds_no_training_data(short_and_long):
    (model, _), X, y = short_and_long
    data = pickle.dumps(model)
    prepared = model.best_estimator_[:-1].transform(X[:200])
    for row in range(200):
        for values in (X[row], X[row].astype(np.float32), prepared[row]):
            assert values.tobytes() not in data
        assert y[row].tobytes() not in data
        assert y[row].astype(np.float32).tobytes() not in data


def test_the_pickle_does_not_grow_with_the_rows(short_and_long):
    (short, long), *_ = short_and_long
    assert len(pickle.dumps(long)) == pytest.approx(len(pickle.dumps(short)), abs=2000)


def test_a_table_leaves_no_rows_in_the_pickle(classifier, table):
    X, y = table
    before = len(pickle.dumps(classifier))
    data = pickle.dumps(classifier)
    assert X["number"].to_numpy()[10:14].tobytes() not in data
    classifier.predict(X)
    classifier.evaluate(X, y)
    assert len(pickle.dumps(classifier)) == before


@pytest.mark.parametrize("fitted", ["classifier", "regressor"])
def test_the_pickle_is_about_as_large_as_the_weights(fitted, request):
    model = request.getfixturevalue(fitted)
    limit = 4 * _bytes_of_weights(model) + 100_000
    assert len(pickle.dumps(model)) < limit


def test_the_pickle_of_a_large_network_is_about_as_large_as_its_weights():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 3))
    space = {"hidden_layer_sizes": [(512, 512)]}
    model = AutoGenRegressor(
        **{**FAST, "epochs": 1, "param_space": space}, ensemble_size=0
    )
    model.fit(X, X[:, 0])
    size = _bytes_of_weights(model)
    assert size > 1_000_000
    assert size < len(pickle.dumps(model)) < 1.2 * size
