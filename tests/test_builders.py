"""Networks of the user's own: builder functions, as SciKeras takes them."""

from __future__ import annotations

import functools
import pickle

import keras
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.exceptions import FitFailedWarning

from skautogen import AutoGenClassifier, AutoGenRegressor

X, y = load_iris(return_X_y=True)
binary = (y == 2).astype(int)
numbers = X[:, 0] + X[:, 3]
targets = np.column_stack([numbers, 10 * X[:, 1]])

FAST = {
    "n_iter": 1,
    "cv": 2,
    "epochs": 30,
    "param_space": {"learning_rate": [0.05]},
    "random_state": 0,
}
# A compiled network is trained alone, which takes longer.
COMPILED = {**FAST, "epochs": 2, "param_space": {}}


def chain(n_inputs, units, n_outputs, activation):
    inputs = keras.Input((n_inputs,))
    hidden = keras.layers.Dense(units, "relu")(inputs)
    return keras.Model(inputs, keras.layers.Dense(n_outputs, activation)(hidden))


def build(meta, units=8, activation="relu"):
    """A network for several classes, not compiled."""
    return chain(meta["n_features_in_"], units, meta["n_classes_"], "softmax")


def build_without_meta(units=8):
    return chain(4, units, 3, "softmax")


def build_with_any_keyword(**settings):
    assert set(settings) <= {"meta", "units"}
    return build(**settings)


def build_sigmoid(meta, units=8):
    return chain(meta["n_features_in_"], units, 1, "sigmoid")


def build_softmax(meta, units=8):
    return chain(meta["n_features_in_"], units, 2, "softmax")


def build_numbers(meta, units=8):
    return chain(meta["n_features_in_"], units, meta["n_outputs_"], "linear")


def compiled(
    meta, rate=0.05, loss="sparse_categorical_crossentropy", n_outputs=3, last="softmax"
):
    model = chain(meta["n_features_in_"], 8, n_outputs, last)
    # Without XLA, which takes ten times as long to compile this as to train it.
    model.compile(keras.optimizers.Adam(rate), loss=loss, jit_compile=False)
    return model


def convolved(meta):
    return keras.Sequential(
        [
            keras.Input((meta["n_features_in_"],)),
            keras.layers.Reshape((-1, 1)),
            keras.layers.Conv1D(2, 2),
            keras.layers.Flatten(),
            keras.layers.Dense(3, "softmax"),
        ]
    )


def fit(architecture, y=y, estimator=AutoGenClassifier, **parameters):
    return estimator(architecture=architecture, **{**FAST, **parameters}).fit(X, y)


def units(model):
    """Width of the first hidden layer."""
    return model.model_.layers[1].units


# Whatever the signature


@pytest.mark.parametrize(
    "architecture",
    [
        build,
        build_without_meta,
        build_with_any_keyword,
        functools.partial(build, activation="tanh"),
        lambda meta, units=8: build(meta, units),
    ],
    ids=["meta", "without meta", "any keyword", "partial", "lambda"],
)
def test_builder_is_searched_over_its_keywords(architecture):
    model = fit(
        architecture,
        search="grid",
        param_space={"units": [4, 8], "learning_rate": [0.05]},
    )
    assert set(model.best_params_) == {"units", "learning_rate"}
    assert model.cv_results_["param_units"].tolist() == [4, 8]
    assert units(model) == model.best_params_["units"]
    assert model.score(X, y) > 0.5


def test_defaults_of_the_builder_hold_where_nothing_is_searched():
    model = fit(build, param_space=None)
    assert model.best_params_ == {}
    assert units(model) == 8


def test_builder_is_searched_over_the_training():
    space = {"learning_rate": [0.05, 1e-7], "optimizer": ["adam"], "epochs": [30]}
    model = fit(build, search="grid", param_space=space, early_stopping=False)
    assert model.best_params_["learning_rate"] == 0.05
    assert model.n_iter_ == 30


def test_meta_says_what_the_data_are():
    seen = []

    def watch(meta):
        seen.append(meta)
        return build(meta)

    fit(watch, y=np.array(["a", "b", "c"])[y])
    for meta in seen:
        assert meta["n_features_in_"] == 4
        assert meta["n_classes_"] == 3
        assert meta["target_type_"] == "multiclass"
        assert meta["n_outputs_"] == 1


@pytest.mark.parametrize("engine", ["sequential", "stacked"])
def test_model_without_an_input_layer(engine):
    def build():
        return keras.Sequential([keras.layers.Dense(3, "softmax")])

    assert fit(build, engine=engine, epochs=2).predict_proba(X).shape == (150, 3)


# Whatever the target


@pytest.mark.parametrize("architecture", [build_sigmoid, build_softmax])
@pytest.mark.parametrize("labels", [["no", "yes"], [-1, 1]])
def test_two_classes(architecture, labels):
    model = fit(architecture, y=np.array(labels)[binary])
    assert model.classes_.tolist() == labels
    proba = model.predict_proba(X)
    assert proba.shape == (150, 2)
    np.testing.assert_allclose(proba.sum(axis=1), 1)
    np.testing.assert_array_equal(
        model.predict(X), model.classes_[proba.argmax(axis=1)]
    )
    assert model.score(X, np.array(labels)[binary]) > 0.8


def test_several_classes():
    labels = np.array(["setosa", "versicolor", "virginica"])[y]
    model = fit(build, y=labels)
    assert model.predict_proba(X).shape == (150, 3)
    assert model.score(X, labels) > 0.6


def test_numbers():
    model = fit(build_numbers, numbers, AutoGenRegressor)
    assert model.predict(X).shape == (150,)
    assert model.score(X, numbers) > 0.5


def test_several_numbers():
    model = fit(build_numbers, targets, AutoGenRegressor)
    assert model.predict(X).shape == (150, 2)
    # Each in its own units.
    np.testing.assert_allclose(
        model.predict(X).mean(axis=0), targets.mean(axis=0), rtol=0.1
    )


def build_outputs(meta, n_outputs):
    return chain(meta["n_features_in_"], 8, n_outputs, "softmax")


def test_wrong_number_of_outputs_is_one_clear_error():
    with pytest.raises(ValueError, match=r"^All 2 trainings of the search failed") as e:
        fit(build_outputs, param_space={"n_outputs": [2]}, epochs=1)
    assert "Traceback" not in str(e.value)


def test_wrong_number_of_outputs_costs_a_candidate_its_own_score():
    space = {"n_outputs": [2, 3]}
    with pytest.warns(FitFailedWarning, match=r"2 of 4 trainings failed"):
        model = fit(build_outputs, search="grid", param_space=space, epochs=1)
    assert np.isnan(model.cv_results_["mean_test_score"]).tolist() == [True, False]
    assert model.best_params_ == {"n_outputs": 3}


# Compiled or not


def test_compiled_builder_keeps_its_optimizer_and_loss():
    model = fit(compiled, **{**COMPILED, "param_space": {"rate": [0.03]}})
    assert model.best_params_ == {"rate": 0.03}
    assert float(model.model_.optimizer.learning_rate) == pytest.approx(0.03)
    assert model.model_.loss == "sparse_categorical_crossentropy"
    assert model.n_iter_ == 2


@pytest.mark.parametrize(
    "loss",
    ["categorical_crossentropy", keras.losses.CategoricalCrossentropy()],
    ids=["name", "object"],
)
def test_compiled_with_a_loss_for_one_hot_labels(loss):
    space = {"loss": [loss]}
    model = fit(compiled, **{**COMPILED, "epochs": 8, "param_space": space})
    assert model.predict_proba(X).shape == (150, 3)
    assert model.score(X, y) > 0.5


def test_compiled_for_two_classes():
    one = functools.partial(
        compiled, loss="binary_crossentropy", n_outputs=1, last="sigmoid"
    )
    model = fit(one, binary, **{**COMPILED, "epochs": 8})
    assert model.score(X, binary) > 0.6


def test_compiled_for_numbers():
    build = functools.partial(compiled, loss="mae", n_outputs=2, last="linear")
    model = fit(build, targets, AutoGenRegressor, **COMPILED)
    assert model.predict(X).shape == (150, 2)
    assert model.model_.loss == "mae"


def test_builder_may_take_a_hyper_parameter_of_the_training():
    def build(meta, learning_rate=1.0):
        return compiled(meta, rate=learning_rate)

    space = {"learning_rate": [0.03]}
    model = fit(build, **{**COMPILED, "epochs": 1, "param_space": space})
    assert float(model.model_.optimizer.learning_rate) == pytest.approx(0.03)


def test_what_is_no_model_is_refused():
    match = r"(?s)build_nothing.*must return a keras.Model.*got None"

    def build_nothing(meta):
        return None

    with pytest.raises(ValueError, match=match):
        fit(build_nothing)


# Several architectures


@pytest.fixture(scope="module")
def mixed():
    return fit(
        ["mlp", build],
        search="grid",
        param_space=[
            {"architecture": ["mlp"], "hidden_layer_sizes": [(16,)]},
            {"architecture": [build], "units": [4, 8]},
        ],
    )


def test_list_of_architectures_is_searched(mixed):
    assert len(mixed.cv_results_["params"]) == 3
    assert np.isfinite(mixed.cv_results_["mean_test_score"]).all()
    searched = mixed.cv_results_["param_architecture"]
    assert [str(each) == "mlp" for each in searched] == [True, False, False]
    assert "architecture" in mixed.best_params_


def test_each_architecture_is_searched_over_its_own_space():
    model = fit(["mlp", build], search="grid", param_space=None, epochs=1)
    searched = list(model.cv_results_["param_architecture"])
    assert searched.count("mlp") == len(searched) - 1
    assert searched.count(build) == 1


def test_each_architecture_is_searched_over_a_space_that_names_none():
    model = fit(
        ["mlp", build],
        search="grid",
        param_space={"learning_rate": [0.05]},
        epochs=1,
    )
    searched = [each.get("architecture") for each in model.cv_results_["params"]]
    assert len(searched) == 2
    assert "mlp" in searched
    assert build in searched


# The engines


def test_engines_agree():
    space = {"units": [8], "learning_rate": [0.05]}
    one, other = (
        fit(build, engine=engine, epochs=3, param_space=space)
        for engine in ("sequential", "stacked")
    )
    np.testing.assert_allclose(one.predict_proba(X), other.predict_proba(X), atol=1e-4)


REFUSED = {
    "compiled": (compiled, "compile"),
    "layer": (convolved, "cannot be called for many models"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_stacked_engine_says_what_it_cannot_do(case):
    architecture, reason = REFUSED[case]
    match = f'engine="stacked" cannot.*{reason}.*engine="auto"'
    with pytest.raises(ValueError, match=match) as e:
        fit(architecture, engine="stacked", param_space={})
    assert "Traceback" not in str(e.value)


def test_stacked_engine_refuses_callbacks():
    with pytest.raises(ValueError, match=r'engine="stacked" cannot.*callbacks'):
        fit(build, engine="stacked", callbacks=[keras.callbacks.Callback()])


def test_auto_says_why_it_trains_one_after_another(capfd):
    model = fit(convolved, verbose=1, epochs=2, param_space={})
    err = capfd.readouterr().err
    # Once, though there are two folds and a final training.
    assert err.count("cannot be called for many models") == 1
    assert "not stacked" in err
    assert model.predict(X).shape == (150,)


def test_auto_says_nothing_of_what_it_stacks(capfd):
    fit(build, verbose=1, epochs=2)
    assert "stacked" not in capfd.readouterr().err


# What one does with estimators


def test_fitted_builder_survives_a_pickle():
    model = fit(build, epochs=5)
    twin = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(model.predict_proba(X), twin.predict_proba(X))


def test_builder_survives_a_clone():
    assert clone(AutoGenClassifier(architecture=build)).architecture is build
