"""Networks for sequences, and what the estimators make of them."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.architectures import ARCHITECTURES
from skautogen.architectures._registry import AUTO

NAMES = [name for name, each in ARCHITECTURES.items() if each.input_kind == "sequence"]
META = {"X_shape_": (50, 12, 3), "target_type_": "multiclass", "n_classes_": 3}
QUICK = {"n_iter": 1, "cv": 2, "epochs": 20, "ensemble_size": 0, "random_state": 0}


@pytest.fixture(scope="module")
def waves():
    """Slow and fast waves of several lengths."""
    rng = np.random.default_rng(0)
    y = np.arange(80) % 2
    rates = np.where(y, 0.5, 1.0)
    return [
        np.sin(rate * np.arange(rng.integers(15, 25)) + rng.uniform(0, 6))[:, None]
        for rate in rates
    ], np.where(y, "slow", "fast")


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"rocket"}))
def test_padding_does_not_change_an_answer(name):
    model = ARCHITECTURES[name](META)
    rng = np.random.default_rng(0)
    for weight in model.weights:  # also those that begin as 0
        weight.assign(weight + 0.1 * rng.normal(size=weight.shape))
    x = np.ones((2, 12, 3), dtype="float32")
    x[..., :2] = rng.normal(size=(2, 12, 2))
    padded = np.pad(x, [(0, 0), (0, 8), (0, 0)])
    np.testing.assert_allclose(model(padded), model(x), atol=1e-4)


@pytest.mark.parametrize("name", AUTO["sequence"])
def test_what_is_searched_by_default_learns(name, waves):
    X, y = waves
    learnt = AutoGenClassifier(architecture=name, **QUICK).fit(X, y)
    assert learnt.input_kind_ == "sequence"
    assert learnt.score(X, y) > 0.9
    np.testing.assert_allclose(
        learnt.predict_proba(X[:1]), learnt.predict_proba(X)[:1], atol=1e-4
    )


def test_the_estimator_survives_pickling_and_has_nothing_of_columns(waves):
    X, y = waves
    learnt = AutoGenClassifier(architecture="rocket", **QUICK).fit(X, y)
    twin = pickle.loads(pickle.dumps(learnt))
    np.testing.assert_array_equal(twin.predict_proba(X), learnt.predict_proba(X))
    for name in ("support_", "feature_importances_"):
        assert not hasattr(learnt, name)
        with pytest.raises(AttributeError, match=f"{name}: .* a table.*'sequence'"):
            getattr(twin, name)


def test_a_fit_to_another_kind_leaves_nothing_of_the_last(waves):
    learnt = AutoGenClassifier(**{**QUICK, "epochs": 1})
    texts = ["some words", "some more words"] * 40
    table = pd.DataFrame({"a": np.arange(80.0)})
    of_kind = {
        "sequence": (waves[0], {"n_channels_", "n_steps_"}),
        "text": (texts, set()),
        "table": (
            table,
            {"n_features_in_", "feature_names_in_", "support_", "feature_importances_"},
        ),
    }
    architectures = {"sequence": "rocket", "text": "ngrams", "table": "mlp"}
    of_all = set().union(*(names for _, names in of_kind.values()))
    for kind in ("sequence", "table", "text", "sequence"):
        X, names = of_kind[kind]
        learnt.set_params(architecture=architectures[kind]).fit(X, waves[1])
        assert learnt.input_kind_ == kind
        assert {name for name in of_all if hasattr(learnt, name)} == names


def test_numbers_are_learnt(waves):
    X, _ = waves
    y = np.array([len(each) for each in X], dtype=float)
    learnt = AutoGenRegressor(architecture="temporal_cnn", **QUICK).fit(X, y)
    assert learnt.score(X, y) > 0.5


def test_selecting_features_is_refused(waves):
    with pytest.raises(ValueError, match="feature_selection='kbest' selects columns"):
        AutoGenClassifier(feature_selection="kbest").fit(*waves)
    space = {"n_features": [0.5]}
    with pytest.raises(ValueError, match="param_space has 'n_features'"):
        AutoGenClassifier(param_space=space).fit(*waves)


def test_an_architecture_for_another_kind_is_refused(waves):
    match = "architecture='realmlp' is for input_kind='table', and X is 'sequence'"
    with pytest.raises(ValueError, match=match):
        AutoGenClassifier(architecture="realmlp").fit(*waves)


def test_an_architecture_for_another_kind_in_a_space_is_refused(waves):
    for name, match in (("mlp", "is for input_kind='table'"), ("auto", "'auto' among")):
        space = {"architecture": [name]}
        with pytest.raises(ValueError, match=match):
            AutoGenClassifier(param_space=space).fit(*waves)


@pytest.mark.parametrize("first", [True, False])
def test_a_builder_takes_the_steps_whatever_stands_beside_it(waves, first):
    shapes = []

    def build(meta):
        shapes.append(meta["X_shape_"][1:])
        return ARCHITECTURES["temporal_cnn"](meta, n_blocks=1, filters=4)

    named = [build, "rocket"] if first else ["rocket", build]
    settings = {**QUICK, "n_iter": 2, "epochs": 2}
    AutoGenClassifier(architecture=named, **settings).fit(*waves)
    assert {shape[1:] for shape in shapes} == {(2,)}
