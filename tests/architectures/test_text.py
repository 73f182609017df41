"""Networks for texts."""

import pickle

import keras
import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.architectures import get_architecture
from skautogen.architectures.ngrams import build_ngrams
from skautogen.architectures.text_cnn import build_text_cnn
from skautogen.architectures.text_gru import build_text_gru

WIN = ["win", "free", "prize", "cash", "call", "now", "urgent"]
HOME = ["see", "you", "at", "home", "dinner", "love", "tomorrow"]
META = {"n_terms_": 40, "n_tokens_": 30}
TARGETS = {
    "two classes": ({"target_type_": "binary", "n_classes_": 2}, 1),
    "three classes": ({"target_type_": "multiclass", "n_classes_": 3}, 3),
    "numbers": ({"target_type_": "continuous", "n_outputs_": 1}, 1),
}
BUILDERS = {
    "ngrams": build_ngrams,
    "text_cnn": build_text_cnn,
    "text_gru": build_text_gru,
}


@pytest.fixture(scope="module")
def messages():
    rng = np.random.default_rng(0)
    labels = np.array(["ham", "spam"] * 40)
    texts = [" ".join(rng.choice(WIN if y == "spam" else HOME, 6)) for y in labels]
    return [*texts[:-1], None], labels


@pytest.fixture
def rows():
    rng = np.random.default_rng(1)
    bags = np.stack([rng.integers(0, 40, (4, 6)), rng.random((4, 6))], axis=1)
    sequences = rng.integers(1, 30, (4, 6))
    sequences[:, 4:] = 0
    return {"ngrams": bags, "text_cnn": sequences, "text_gru": sequences}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", BUILDERS)
def test_the_output_suits_the_target(name, target, rows):
    meta, n_outputs = TARGETS[target]
    model = BUILDERS[name]({**META, **meta})
    assert model(rows[name].astype("float32")).shape == (4, n_outputs)


@pytest.mark.parametrize("name", BUILDERS)
def test_models_come_back_from_a_file(name, rows, tmp_path):
    model = BUILDERS[name]({**META, **TARGETS["three classes"][0]})
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    X = rows[name].astype("float32")
    ours, theirs = (keras.ops.convert_to_numpy(each(X)) for each in (model, loaded))
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize("name", ["text_cnn", "text_gru"])
def test_padding_tells_nothing_to_networks_of_tokens(name, rows):
    model = BUILDERS[name]({**META, **TARGETS["three classes"][0]})
    X = rows[name].astype("float32")
    ours, longer = (
        keras.ops.convert_to_numpy(model(each))
        for each in (X, np.pad(X, ((0, 0), (0, 5))))
    )
    np.testing.assert_allclose(ours, longer, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", BUILDERS)
def test_what_is_searched_is_what_builders_and_training_take(name):
    from skautogen.training import TrainingStrategy

    architecture = get_architecture(name)
    known = architecture.hyperparameters | TrainingStrategy.searched_names()
    for candidate in (architecture.space, architecture.grid, *architecture.portfolio):
        assert set(candidate) <= known


@pytest.fixture(scope="module")
def fitted(messages):
    texts, labels = messages
    return AutoGenClassifier(n_iter=1, cv=2, epochs=10, random_state=0).fit(
        texts, labels
    )


def test_texts_are_told_apart(fitted):
    assert fitted.input_kind_ == "text"
    assert fitted.oof_score_ > 0.9
    new = ["call now for a free prize", "dinner at home tomorrow", "", None]
    assert fitted.predict(new).tolist()[:2] == ["spam", "ham"]
    assert fitted.predict_proba(new).shape == (4, 2)


def test_a_text_is_answered_alone_as_among_others(fitted, messages):
    texts, _ = messages
    together = fitted.predict_proba(texts[:5])
    for row, text in enumerate(texts[:5]):
        alone = fitted.predict_proba([text])[0]
        np.testing.assert_allclose(alone, together[row], atol=1e-6)


def test_it_pickles(fitted, messages):
    texts, _ = messages
    again = pickle.loads(pickle.dumps(fitted)).predict_proba(texts)
    np.testing.assert_array_equal(again, fitted.predict_proba(texts))


def test_numbers_are_predicted_from_texts(messages):
    texts, labels = messages
    y = np.where(labels == "spam", 5.0, -5.0)
    folds = StratifiedKFold(2).split(texts, labels)
    regressor = AutoGenRegressor(n_iter=1, cv=list(folds), epochs=10, random_state=0)
    assert regressor.fit(texts, y).oof_score_ > 0.5


def test_columns_cannot_be_selected(messages):
    with pytest.raises(ValueError, match="selects columns of tables"):
        AutoGenClassifier(feature_selection="kbest").fit(*messages)
