"""What a fit leaves alone: the caller's data, random numbers, settings and screen."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from copy import deepcopy

import keras
import numpy as np
import pandas as pd
import pytest
import tensorflow as tf
from sklearn.datasets import load_iris

from skautogen import AutoGenClassifier, AutoGenRegressor

X, y = load_iris(return_X_y=True)
rng = np.random.default_rng(0)
shuffled = rng.permutation(len(X))
X, y = X[shuffled], y[shuffled]
numbers = X[:, 0] + X[:, 3]

FAST = {
    "n_iter": 2,
    "cv": 2,
    "epochs": 10,
    "param_space": {"hidden_layer_sizes": [(16,)], "learning_rate": [0.01, 0.03]},
    "random_state": 0,
}
LINEAR = {"hidden_layer_sizes": [()], "learning_rate": [0.1]}
ONE_BY_ONE = {
    **FAST,
    "n_iter": 1,
    "epochs": 1,
    "param_space": LINEAR,
    "engine": "sequential",
}
BOTH = [(AutoGenClassifier, y), (AutoGenRegressor, numbers)]
both = pytest.mark.parametrize(("estimator", "target"), BOTH)
engines = pytest.mark.parametrize(
    "parameters", [FAST, ONE_BY_ONE], ids=["stacked", "sequential"]
)


def assert_same_results(one, other):
    """Whether two `cv_results_` are equal but for what was timed."""
    assert one.keys() == other.keys()
    for name in one:
        if not name.endswith("_time"):
            np.testing.assert_array_equal(one[name], other[name], err_msg=name)


@pytest.fixture(scope="module")
def classifier():
    return AutoGenClassifier(**FAST).fit(X, y)


@pytest.fixture(scope="module")
def regressor():
    return AutoGenRegressor(**FAST).fit(X, numbers)


# The same random state

IN_A_FRESH_PROCESS = """
import pickle, sys
import numpy as np
from sklearn.datasets import load_iris
import skautogen
from skautogen import AutoGenClassifier, AutoGenRegressor

loaded = {"tensorflow", "keras", "scikeras", "skrub", "matplotlib"}
parameters, X, y = pickle.load(open(sys.argv[1], "rb"))
model = AutoGenClassifier(**parameters)
repr(model), AutoGenRegressor()
early = sorted(loaded & set(sys.modules))
model.fit(X, y)
answers = model.predict_proba(X), model.predict(X), model.score(X, y)
pickle.dump((early, model.cv_results_, answers[0]), open(sys.argv[2], "wb"))
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """What a process that has never seen TensorFlow does, and what it prints."""
    folder = tmp_path_factory.mktemp("fresh")
    given, made = folder / "given", folder / "made"
    given.write_bytes(pickle.dumps((FAST, X, y)))
    quiet = {"TF_CPP_MIN_LOG_LEVEL", "TF_FORCE_GPU_ALLOW_GROWTH", "PYTHONWARNINGS"}
    environment = {k: v for k, v in os.environ.items() if k not in quiet}
    done = subprocess.run(
        [sys.executable, "-c", IN_A_FRESH_PROCESS, str(given), str(made)],
        capture_output=True,
        env=environment,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return (done.stdout, done.stderr, *pickle.loads(made.read_bytes()))


def test_importing_and_constructing_load_nothing_heavy(fresh):
    assert fresh[2] == []


def test_nothing_is_printed(fresh):
    out, err, *_ = fresh
    assert out == ""
    assert err == ""


def test_same_random_state_gives_the_same_in_another_process(fresh, classifier):
    *_, results, proba = fresh
    assert_same_results(results, classifier.cv_results_)
    np.testing.assert_array_equal(proba, classifier.predict_proba(X))


def test_same_random_state_gives_the_same_again(classifier, regressor):
    for model, target in ((classifier, y), (regressor, numbers)):
        again = deepcopy(model).fit(X, target)
        assert_same_results(model.cv_results_, again.cv_results_)
        np.testing.assert_array_equal(model.predict(X), again.predict(X))


def test_same_random_state_gives_the_same_one_by_one():
    one, other = (AutoGenClassifier(**ONE_BY_ONE).fit(X, y) for _ in range(2))
    assert_same_results(one.cv_results_, other.cv_results_)
    np.testing.assert_array_equal(one.predict_proba(X), other.predict_proba(X))


def test_another_random_state_gives_something_else(classifier):
    other = AutoGenClassifier(**{**FAST, "random_state": 1}).fit(X, y)
    assert not np.array_equal(other.predict_proba(X), classifier.predict_proba(X))


def test_random_state_may_be_an_object(classifier):
    one, other = (
        AutoGenClassifier(**{**FAST, "random_state": np.random.RandomState(3)}).fit(
            X, y
        )
        for _ in range(2)
    )
    assert_same_results(one.cv_results_, other.cv_results_)
    np.testing.assert_array_equal(one.predict_proba(X), other.predict_proba(X))


def test_what_a_builder_draws_from_tensorflow_is_the_same_again():
    drawn = []

    def build(meta):
        drawn.append(float(tf.random.uniform((), seed=2)))
        inputs = keras.Input((meta["n_features_in_"],))
        return keras.Model(inputs, keras.layers.Dense(3, "softmax")(inputs))

    model = AutoGenClassifier(
        architecture=build, **{**FAST, "n_iter": 1, "epochs": 1, "param_space": {}}
    )
    for _ in range(2):
        model.fit(X, y)
    assert drawn[: len(drawn) // 2] == drawn[len(drawn) // 2 :]


def test_without_a_random_state_the_global_one_is_neither_read_nor_written():
    def fit():
        np.random.seed(5)
        before = np.random.get_state()[1:]
        model = AutoGenClassifier(**{**FAST, "random_state": None}).fit(X, y)
        after = np.random.get_state()[1:]
        assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
        return model.predict_proba(X)

    assert not np.array_equal(fit(), fit())


# Global state


def seed_everything():
    np.random.seed(1)
    random.seed(1)
    keras.utils.set_random_seed(1)


def draw():
    return [
        np.random.rand(),
        random.random(),
        float(keras.random.uniform(())),
        float(tf.random.uniform(())),
        float(tf.random.uniform((), seed=2)),
    ]


@engines
@both
def test_random_sequences_go_on_as_if_nothing_had_been_fitted(
    estimator, target, parameters
):
    seed_everything()
    expected = [draw(), draw(), draw()]
    seed_everything()
    got = [draw()]
    model = estimator(**parameters).fit(X, target)
    got.append(draw())
    model.predict(X)
    model.model_.predict_on_batch(X[:0])
    got.append(draw())
    assert got == expected


@engines
def test_settings_are_as_before(parameters):
    from tensorflow.python.framework.config import is_op_determinism_enabled

    def settings():
        return {
            "float type": keras.config.floatx(),
            "epsilon": keras.config.epsilon(),
            "precision": keras.config.dtype_policy().name,
            "image format": keras.config.image_data_format(),
            "eager": tf.config.functions_run_eagerly(),
            "deterministic": is_op_determinism_enabled(),
            "threads": tf.config.threading.get_intra_op_parallelism_threads(),
            "numpy errors": np.geterr(),
            "devices": tf.config.get_visible_devices(),
        }

    seed_everything()
    before = settings()
    AutoGenClassifier(**parameters).fit(X, y).predict(X)
    assert settings() == before


@engines
def test_float_type_of_the_user_stays(parameters):
    keras.config.set_floatx("float64")
    try:
        model = AutoGenRegressor(**parameters).fit(X, numbers)
        assert np.isfinite(model.predict(X)).all()
        assert keras.config.floatx() == "float64"
    finally:
        keras.config.set_floatx("float32")


# The screen


def test_verbose_shows_one_bar_on_stderr(capfd):
    model = AutoGenClassifier(**{**FAST, "verbose": 1}).fit(X, y)
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("searching") == 1
    assert len(err.splitlines()) == 1
    assert "4/4 trainings" in err
    assert f"best {model.best_score_:.3g}"[:8] in err
    assert "left" in err


@engines
def test_nothing_is_printed_in_a_process_that_has_trained_before(capfd, parameters):
    AutoGenClassifier(**parameters).fit(X, y).predict(X)
    assert capfd.readouterr() == ("", "")


# What the caller handed over

frame = pd.DataFrame(
    {
        "length": X[:, 0],
        "width": np.where(X[:, 1] > 4, np.nan, X[:, 1]),
        "colour": pd.Categorical(np.array(["red", "blue", "white"])[y]),
        "note": np.array(["a", "b"])[(X[:, 2] > 4).astype(int)],
    }
)


def test_frame_and_weights_are_unchanged():
    X, weight = frame.copy(), np.ones(len(frame))
    labels = pd.Series(y, name="kind")
    AutoGenClassifier(**FAST).fit(X, labels, sample_weight=weight).predict(X)
    pd.testing.assert_frame_equal(X, frame)
    pd.testing.assert_series_equal(labels, pd.Series(y, name="kind"))
    assert (weight == 1).all()


@both
def test_read_only_arrays_are_enough(estimator, target):
    given = X.copy(), target.copy(), np.arange(len(X)) % 3
    for each in given:
        each.setflags(write=False)
    estimator(**FAST).fit(*given).predict(given[0])


def test_parameters_are_unchanged():
    callback = keras.callbacks.Callback()
    model = AutoGenClassifier(
        **{
            **ONE_BY_ONE,
            "engine": "auto",
            "callbacks": [callback],
            "class_weight": {0: 1, 1: 2, 2: 1},
            "scoring": ["accuracy", "f1_macro"],
            "architecture": ["mlp"],
        }
    )
    before = model.get_params()
    identities = {name: id(value) for name, value in before.items()}
    copies = deepcopy({k: v for k, v in before.items() if k != "callbacks"})
    model.fit(X, y)
    after = model.get_params()
    assert {name: id(value) for name, value in after.items()} == identities
    assert {k: v for k, v in after.items() if k != "callbacks"} == copies
    assert after["callbacks"] == [callback]


# Weights


def repeat(X, target, times, cut):
    """Rows repeated, with the folds that begin at `cut` and those before it."""
    rows = np.repeat(np.arange(len(X)), times)
    first, second = np.flatnonzero(rows < cut), np.flatnonzero(rows >= cut)
    take = X.iloc[rows] if hasattr(X, "iloc") else X[rows]
    return take, target[rows], [(first, second), (second, first)]


@pytest.mark.parametrize("n_rows", [60, 120], ids=["all trained on", "some held out"])
@pytest.mark.parametrize("kind", ["array", "frame"])
@both
def test_weight_is_repetition(estimator, target, kind, n_rows):
    """Of two, the row twice; of none, no row at all; to the last bit."""
    data = X if kind == "array" else frame
    data, target, cut = data[:n_rows], target[:n_rows], n_rows // 2
    times = np.arange(n_rows) % 3
    _, _, folds = repeat(data, target, np.ones(n_rows, int), cut)
    weighted = estimator(**{**FAST, "cv": folds}).fit(data, target, times)
    repeated_X, repeated_y, folds = repeat(data, target, times, cut)
    repeated = estimator(**{**FAST, "cv": folds}).fit(repeated_X, repeated_y)
    np.testing.assert_array_equal(weighted.predict(data), repeated.predict(data))
    if estimator is AutoGenClassifier:
        np.testing.assert_array_equal(
            weighted.predict_proba(data), repeated.predict_proba(data)
        )
    # Sums of other lengths differ in their last bit.
    np.testing.assert_allclose(
        weighted.cv_results_["mean_test_score"],
        repeated.cv_results_["mean_test_score"],
        rtol=1e-12,
    )


def test_weight_is_repetition_one_by_one():
    data, target, times = X[:60], numbers[:60], np.arange(60) % 3
    _, _, folds = repeat(data, target, np.ones(60, int), 30)
    weighted = AutoGenRegressor(**{**ONE_BY_ONE, "cv": folds})
    weighted.fit(data, target, times)
    data, target, folds = repeat(data, target, times, 30)
    repeated = AutoGenRegressor(**{**ONE_BY_ONE, "cv": folds}).fit(data, target)
    np.testing.assert_array_equal(weighted.predict(X), repeated.predict(X))


def test_class_weight_is_sample_weight():
    by_class = AutoGenClassifier(**FAST, class_weight={0: 1, 1: 3, 2: 2}).fit(X, y)
    by_row = AutoGenClassifier(**FAST).fit(X, y, np.array([1, 3, 2])[y])
    assert_same_results(by_class.cv_results_, by_row.cv_results_)
    np.testing.assert_array_equal(by_class.predict_proba(X), by_row.predict_proba(X))


# Predictions


def test_row_alone_is_predicted_as_among_others(classifier, regressor):
    for predict in (classifier.predict_proba, regressor.predict):
        together = predict(X)
        alone = np.concatenate([predict(X[i : i + 1]) for i in range(20)])
        np.testing.assert_allclose(alone, together[:20], rtol=1e-6)


def test_order_of_rows_plays_no_part(regressor):
    backwards = regressor.predict(X[::-1])[::-1]
    np.testing.assert_allclose(backwards, regressor.predict(X), rtol=1e-6)


# GPUs and processes


def test_several_processes_never_share_a_gpu_silently(monkeypatch):
    monkeypatch.setattr("skautogen.training._sequential.n_gpus", lambda: 1)
    processes = set()

    def build(meta):
        processes.add(os.getpid())  # what another process adds is not seen here
        inputs = keras.Input((meta["n_features_in_"],))
        return keras.Model(inputs, keras.layers.Dense(3, "softmax")(inputs))

    model = AutoGenClassifier(
        architecture=build, **{**ONE_BY_ONE, "n_jobs": 2, "param_space": {}}
    )
    with pytest.warns(UserWarning, match=r"n_jobs=2 .*2 processes on 1 GPU") as caught:
        model.fit(X, y)
    assert len(caught) == 1
    assert processes == {os.getpid()}
