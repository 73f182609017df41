"""Exported networks of what is no table: they take what the preparation gives."""

import json

import numpy as np
import pytest

from skautogen import AutoGenClassifier
from skautogen.export.formats import PreparationLeftOutWarning

from .test_formats import ENDINGS, RUN

N = 16
rng = np.random.default_rng(0)
y = np.arange(N) % 2

WORDS = ["red", "green", "blue", "win", "money", "hello"]
TEXTS = [" ".join(rng.choice(WORDS, rng.integers(3, 8))) for _ in y]
SEQUENCES = [rng.normal(size=(rng.integers(8, 12), 2)) for _ in y]
SOUNDS = rng.normal(size=(N, 2000)).astype(np.float32)

# By architecture: what it takes, and settings of a tiny one.
NETWORKS = {
    "ngrams": (TEXTS, "text", {}),
    "text_cnn": (TEXTS, "text", {"filters": [4], "dimension": [4]}),
    "temporal_cnn": (SEQUENCES, "sequence", {"filters": [4], "n_blocks": [1]}),
    "spectrogram_cnn": (SOUNDS, "audio", {"filters": [(4,)]}),
    "rnn": (SEQUENCES, "sequence", {"units": [4]}),
}


def _fit(name):
    X, kind, space = NETWORKS[name]
    model = AutoGenClassifier(
        architecture=name,
        input_kind=kind,
        param_space={**space, "learning_rate": [0.01]},
        n_iter=1,
        cv=2,
        epochs=1,
        ensemble_size=0,
        random_state=0,
    )
    return model.fit(X, y), X


# What Keras and TensorFlow load is what the converters of these two begin with.
@pytest.mark.parametrize("name", [each for each in NETWORKS if each != "rnn"])
def test_every_kind(name, tmp_path):
    model, X = _fit(name)
    prepared = np.asarray(model.best_estimator_[:-1].transform(X), dtype=np.float32)
    expected = model.predict_proba(X)
    for format in ("onnx", "litert"):
        with pytest.warns(PreparationLeftOutWarning, match="wants prepared numbers"):
            path, sidecar = model.export(tmp_path / f"net{ENDINGS[format]}", format)
        answered = RUN[format](path, prepared)
        np.testing.assert_allclose(answered, expected, atol=1e-5, err_msg=format)
        told = json.loads(sidecar.read_text(encoding="utf-8"))
        assert told["input"]["kind"] == NETWORKS[name][1]
        assert "best_estimator_[:-1].transform" in told["input"]["how"]
        assert "needs" not in told


def test_recurrent_layers_need_more_of_litert(tmp_path):
    model, X = _fit("rnn")
    flex = pytest.warns(UserWarning, match=r"net\.tflite has .* TensorListRes.*onnx")
    with flex, pytest.warns(PreparationLeftOutWarning):
        path, sidecar = model.export(tmp_path / "net.tflite", "litert")
    needs = json.loads(sidecar.read_text(encoding="utf-8"))["needs"]
    assert "TensorListReserve" in needs["operations"]
    prepared = np.asarray(model.best_estimator_[:-1].transform(X), dtype=np.float32)
    with pytest.raises(RuntimeError, match="Flex delegate"):
        RUN["litert"](path, prepared)
