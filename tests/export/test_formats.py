"""Exported networks answer as the estimator's best network does."""

import json

import keras
import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.export.formats import PreparationLeftOutWarning

ENDINGS = {
    "keras": ".keras",
    "saved_model": "",
    "onnx": ".onnx",
    "litert": ".tflite",
}
FORMATS = list(ENDINGS)


def _run_keras(path, X):
    return np.asarray(keras.saving.load_model(path)(X))


def _run_saved_model(path, X):
    import tensorflow as tf

    loaded = tf.saved_model.load(str(path))  # its variables live as long as it
    return loaded.serve(tf.constant(X)).numpy()


def _run_onnx(path, X):
    runtime = pytest.importorskip("onnxruntime")
    session = runtime.InferenceSession(str(path))
    return session.run(None, {session.get_inputs()[0].name: X})[0]


def _run_litert(path, X):
    litert = pytest.importorskip("ai_edge_litert.interpreter")
    interpreter = litert.Interpreter(str(path))
    number = interpreter.get_input_details()[0]["index"]
    interpreter.resize_tensor_input(number, X.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(number, X)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


RUN = {
    "keras": _run_keras,
    "saved_model": _run_saved_model,
    "onnx": _run_onnx,
    "litert": _run_litert,
}


@pytest.fixture(scope="module")
def table():
    """Numbers, amounts, categories of two and three values; some of all are missing."""
    rng = np.random.default_rng(0)
    n = 80
    X = pd.DataFrame(
        {
            "number": rng.normal(1000, 50, size=n),
            "amount": np.where(rng.random(n) < 0.7, 0, rng.integers(1, 4, n) * 10.0),
            "colour": rng.choice(["red", "green", "blue"], n),
            "answer": pd.Categorical(rng.choice(["no", "yes"], n)),
            "constant": np.full(n, 7),
            "empty": np.full(n, None),
        }
    )
    X.loc[::9, "number"] = np.nan
    X.loc[1::9, "colour"] = None
    X.loc[2::9, "answer"] = np.nan
    return X


@pytest.fixture(scope="module")
def later(table):
    """Rows with what training did not have: a category, infinities."""
    X = table.iloc[:30].copy()
    X.loc[4, "colour"] = "violet"
    X.loc[5, "number"] = np.inf
    X.loc[6, "number"] = -np.inf
    X.loc[7, "amount"] = 5.0
    return X


@pytest.fixture(scope="module")
def classifier(table):
    y = np.where(table["amount"] > 0, "high", "low")
    model = AutoGenClassifier(n_iter=1, cv=2, epochs=3, random_state=0)
    return model.fit(table, y)


@pytest.fixture(scope="module")
def regressor(table):
    y = np.column_stack([table["amount"], 500 + table["number"].fillna(0)])
    model = AutoGenRegressor(
        architecture="mlp",
        feature_selection="kbest",
        n_iter=1,
        cv=2,
        epochs=3,
        random_state=0,
    )
    return model.fit(table, y)


def _feed(X, sidecar):
    """What a program makes of the rows that has read nothing but the sidecar."""
    told = json.loads(sidecar.read_text(encoding="utf-8"))["input"]
    fed = np.full((len(X), len(told["columns"])), np.nan, dtype=told["dtype"])
    for place, column in enumerate(told["columns"]):
        for row, value in enumerate(X[column["name"]]):
            if pd.isna(value):
                continue
            if column["holds"] == "category":
                known = column["categories"]
                fed[row, place] = known.index(value) if value in known else -1
            else:
                fed[row, place] = value
    return fed


@pytest.mark.parametrize("format", FORMATS)
def test_a_classifier(format, classifier, later, tmp_path):
    path, sidecar = classifier.export(tmp_path / f"net{ENDINGS[format]}", format)
    answered = RUN[format](path, _feed(later, sidecar))
    expected = classifier.best_estimator_.predict_proba(later)
    np.testing.assert_allclose(answered, expected, atol=1e-5)
    output = json.loads(sidecar.read_text(encoding="utf-8"))["output"]
    assert output["classes"] == ["high", "low"]
    assert expected.std(axis=0).max() > 1e-3


@pytest.mark.parametrize("format", FORMATS)
def test_a_regressor_of_selected_features(format, regressor, later, tmp_path):
    path, sidecar = regressor.export(tmp_path / f"net{ENDINGS[format]}", format)
    answered = RUN[format](path, _feed(later, sidecar))
    expected = regressor.best_estimator_.predict(later)
    np.testing.assert_allclose(answered, expected, rtol=1e-4, atol=1e-3)


def test_what_the_sidecar_says(classifier, tmp_path):
    _, sidecar = classifier.export(tmp_path / "net.keras")
    told = json.loads(sidecar.read_text(encoding="utf-8"))
    assert sidecar.name == "net.keras.json"
    assert told["input"]["shape"] == ["n_rows", 6]
    assert [each["holds"] for each in told["input"]["columns"]] == [
        "number",
        "number",
        "category",
        "category",
        "number",
        "ignored",
    ]
    assert told["input"]["columns"][2]["categories"] == ["blue", "green", "red"]
    assert told["input"]["missing"] == "NaN"
    assert "not the ensemble" in told["network"]


def test_an_array(fast, tmp_path):
    X = np.random.default_rng(0).normal(size=(60, 3))
    X[::7, 1] = np.nan
    model = AutoGenRegressor(**fast).fit(X, X[:, 0])
    path, sidecar = model.export(tmp_path / "net.keras")
    answered = _run_keras(path, X.astype(np.float32))
    np.testing.assert_allclose(
        answered[:, 0], model.best_estimator_.predict(X), atol=1e-5
    )
    assert '"x2"' in sidecar.read_text(encoding="utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_dates_are_prepared_outside(format, fast, tmp_path):
    X = pd.DataFrame({"day": pd.date_range("2024-01-01", periods=60), "n": range(60)})
    y = np.arange(60) % 3
    model = AutoGenClassifier(**fast).fit(X, y)
    with pytest.warns(PreparationLeftOutWarning, match="wants prepared .* 'day'") as w:
        path, sidecar = model.export(tmp_path / f"net{ENDINGS[format]}", format)
    assert w[0].filename == __file__
    prepared = model.best_estimator_[:-1].transform(X)
    told = json.loads(sidecar.read_text(encoding="utf-8"))["input"]
    assert told["features"] == model.get_feature_names_out().tolist()
    np.testing.assert_allclose(
        RUN[format](path, prepared), model.best_estimator_.predict_proba(X), atol=1e-5
    )


@pytest.mark.parametrize("format", FORMATS)
def test_images(format, tmp_path):
    rng = np.random.default_rng(0)
    X = rng.integers(0, 256, (40, 8, 8, 1), dtype=np.uint8)
    model = AutoGenClassifier(
        architecture="cnn", n_iter=1, cv=2, epochs=1, random_state=0, ensemble_size=0
    ).fit(X, np.arange(40) % 2)
    path, _ = model.export(tmp_path / f"net{ENDINGS[format]}", format)
    answered = RUN[format](path, X.astype(np.float32))
    np.testing.assert_allclose(answered, model.predict_proba(X), atol=1e-4)


def test_exporting_changes_no_prediction(classifier, later, tmp_path):
    before = classifier.predict_proba(later)
    classifier.export(tmp_path / "net.keras")
    np.testing.assert_array_equal(classifier.predict_proba(later), before)


@pytest.mark.parametrize("format", ["keras", "litert"])
def test_the_ending_says_the_format(classifier, format, tmp_path):
    _, sidecar = classifier.export(tmp_path / f"net{ENDINGS[format]}")
    assert json.loads(sidecar.read_text(encoding="utf-8"))["format"] == format


# What is refused


def test_an_ending_that_says_no_format(classifier, tmp_path):
    accepted = r"\.keras \(keras\), \.onnx \(onnx\), .*folder.* 'saved_model'"
    with pytest.raises(ValueError, match=rf"net\.pb' says no format.*{accepted}"):
        classifier.export(tmp_path / "net.pb")


def test_an_unknown_format(classifier, tmp_path):
    with pytest.raises(ValueError, match=r"format.*'onx'.*onnx"):
        classifier.export(tmp_path / "net.onnx", "onx")


def test_a_path_of_another_format(classifier, tmp_path):
    with pytest.raises(ValueError, match=r"net\.h5' does not end with '\.onnx'"):
        classifier.export(tmp_path / "net.h5", "onnx")


def test_without_the_extra(classifier, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"tf2onnx: pip install .skautogen\[onnx\]"):
        classifier.export(tmp_path / "net.onnx", "onnx")


def test_one_that_is_not_fitted(tmp_path):
    with pytest.raises(NotFittedError, match="not fitted yet"):
        AutoGenClassifier().export(tmp_path / "net.keras")
