"""Networks for spectrograms, and the search over them."""

from __future__ import annotations

import pickle

import keras
import numpy as np
import pandas as pd
import pytest
from scipy.io import wavfile

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.architectures import ARCHITECTURES
from skautogen.architectures.crnn import build_crnn
from skautogen.architectures.spectrogram_cnn import build_spectrogram_cnn
from skautogen.search import first_candidates
from skautogen.training import TrainingStrategy

RATE = 8_000
BUILDERS = [build_spectrogram_cnn, build_crnn]
NAMES = ["spectrogram_cnn", "crnn"]
META = {"X_shape_": (9, 20, 16), "target_type_": "multiclass", "n_classes_": 3}


def sounds(n=36, seconds=0.25, seed=0):
    """Tones that rise, tones that fall, and noise, of any loudness."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE)) / RATE
    X, y = [], np.arange(n) % 3
    for kind in y:
        pitch = rng.uniform(600, 1200) + (0, 3000, -2000)[kind] * time
        tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE)
        noise = rng.normal(size=len(time))
        sound = 0.5 * noise if kind == 2 else tone + 0.05 * noise
        X.append(sound * 10 ** rng.uniform(-2, -0.5))
    return np.stack(X).astype("float32"), np.array(["up", "down", "noise"])[y]


@pytest.fixture(scope="module")
def fast():
    """Settings of a search over one small network."""
    return {
        "architecture": "spectrogram_cnn",
        "param_space": {"filters": [(4, 8, 8)], "learning_rate": [0.02]},
        "n_iter": 1,
        "cv": 2,
        "epochs": 8,
        "early_stopping": False,
        "sampling_rate": RATE,
        "input_kind": "audio",
        "random_state": 0,
    }


@pytest.fixture(scope="module")
def fitted(fast):
    return AutoGenClassifier(**fast).fit(*sounds())


# Builders


@pytest.mark.parametrize("build", BUILDERS)
@pytest.mark.parametrize("shape", [(20, 16), (96, 64), (1, 8), (3, 8)])
def test_every_size_of_spectrogram_can_be_heard(build, shape):
    model = build({**META, "X_shape_": (9, *shape)}, filters=(4, 4, 8))
    out = model(np.zeros((2, *shape), "float32"))
    assert out.shape == (2, 3)
    np.testing.assert_allclose(np.sum(out, axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("build", BUILDERS)
def test_a_constant_is_not_heard_unless_loudness_is(build):
    X = np.random.default_rng(0).normal(size=(4, 20, 16)).astype("float32")
    for loudness in (False, True):
        model = build(META, filters=(4, 8), loudness=loudness)
        change = np.abs(model(X + 1.5) - model(X)).max()
        assert (change > 1e-3) == loudness


@pytest.mark.parametrize("build", BUILDERS)
def test_rows_are_varied_in_training_alone(build):
    X = np.random.default_rng(0).normal(size=(4, 20, 16)).astype("float32")
    model = build(META, filters=(4, 8), dropout=0.0)
    np.testing.assert_array_equal(model(X), model(X))
    assert np.abs(model(X, training=True) - model(X, training=True)).max() > 0


@pytest.mark.parametrize("build", BUILDERS)
def test_a_model_comes_back_from_a_file(build, tmp_path):
    X = np.random.default_rng(0).normal(size=(4, 20, 16)).astype("float32")
    model = build(META, filters=(4, 8), masking=0.5, time_shift=0.3)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(again(X), model(X), rtol=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_searched_is_known_to_builder_or_training(name):
    each = ARCHITECTURES[name]
    known = each.hyperparameters | TrainingStrategy.searched_names()
    candidates = first_candidates({name: each}, selects=False)
    for names in (each.space, each.grid, *each.portfolio):
        assert set(names) <= known
    assert len(candidates) == len(each.portfolio)


# The search


def test_a_search_tells_sounds_apart(fitted):
    assert fitted.input_kind_ == "audio"
    assert fitted.sampling_rate_ == RATE
    assert fitted.score(*sounds(seed=1)) > 0.8


def test_loudness_of_a_recording_does_not_matter(fitted):
    X, _ = sounds(seed=1)
    louder = fitted.predict_proba(3 * X)
    np.testing.assert_allclose(louder, fitted.predict_proba(X), atol=1e-4)


def test_a_row_is_answered_alone_as_among_others(fitted):
    X, _ = sounds(seed=1)
    together = fitted.predict_proba(X)[:3]
    alone = [fitted.predict_proba(X[k : k + 1])[0] for k in range(3)]
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_the_best_pipeline_takes_recordings_itself(fitted):
    X, _ = sounds(seed=1)
    assert fitted.best_estimator_.predict_proba(list(X)).shape == (36, 3)


def test_other_lengths_are_answered(fitted):
    X, _ = sounds(seed=1)
    assert len(fitted.predict([X[0][:500], np.tile(X[1], 2), X[2]])) == 3


def test_pickle_answers_the_same(fitted):
    X, _ = sounds(seed=1)
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_allclose(
        again.predict_proba(X), fitted.predict_proba(X), atol=1e-6
    )


def test_the_same_seed_gives_the_same_from_files(fast, fitted, tmp_path):
    X, y = sounds()
    paths = [tmp_path / f"{number}.wav" for number in range(len(X))]
    for path, recording in zip(paths, X, strict=True):
        wavfile.write(path, RATE, recording)
    settings = {**fast, "input_kind": "auto", "sampling_rate": None}
    from_files = AutoGenClassifier(**settings).fit(pd.Series(paths), y)
    assert from_files.input_kind_ == "audio"
    assert from_files.sampling_rate_ == RATE
    np.testing.assert_allclose(
        from_files.predict_proba(paths), fitted.predict_proba(X), atol=1e-4
    )


def test_regression_on_recordings_of_any_length(fast):
    rng = np.random.default_rng(0)
    pitch = rng.uniform(300, 2000, size=40)
    X = [
        np.sin(2 * np.pi * each * np.arange(rng.integers(900, 1500)) / RATE)
        for each in pitch
    ]
    space = {"filters": [(4, 8)], "learning_rate": [0.02], "dropout": [0.0]}
    settings = {**fast, "param_space": space, "epochs": 12}
    model = AutoGenRegressor(**settings).fit(X, pitch)
    assert model.predict(X[:5]).shape == (5,)
    assert model.score(X, pitch) > 0.5
