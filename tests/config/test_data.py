"""The data of a configuration."""

from __future__ import annotations

import math

import keras
import numpy as np
import pandas as pd
import pytest

from skautogen.config import DownloadError, load_config, parse_config
from skautogen.config.datasets import NAMED, find_named

CIFAR = "task: {name: ImageClassification, dataset: {name: CIFAR-10%s}}"


def load(folder, text):
    path = folder / "config.yaml"
    path.write_text(text)
    return load_config(path).load_data()


@pytest.mark.parametrize("name", ["cifar10", "CIFAR10", "Cifar-10", "cifar_10"])
def test_letters_are_the_name(name):
    assert find_named(name) is NAMED["cifar10"]


@pytest.mark.parametrize(
    ("name", "task", "shape"),
    [
        ("iris", "TabularClassification", (120, 4)),
        ("wine", "TabularClassification", (142, 13)),
        ("breast_cancer", "TabularClassification", (455, 30)),
        ("digits", "TabularClassification", (1437, 64)),
        ("digits", "ImageClassification", (1437, 8, 8)),
        ("diabetes", "TabularRegression", (353, 10)),
        ("linnerud", "TabularRegression", (16, 3)),
    ],
)
def test_sets_of_scikit_learn_have_a_share_held_out(name, task, shape):
    text = f"task: {{name: {task}, dataset: {{name: {name}}}}}\n"
    X_train, y_train, X_test, y_test = parse_config(text).load_data()
    assert X_train.shape == shape
    n_rows = len(X_train) + len(X_test)
    assert len(X_test) == len(y_test) == math.ceil(n_rows * 0.2)
    assert y_train.shape == ((16, 3) if name == "linnerud" else shape[:1])


def test_what_is_held_out_is_seeded_and_of_each_class():
    text = "task: {name: TabularClassification, dataset: {name: iris, test_share: 0.3}}"
    seeded = text + "\ntraining: {random_state: 3}"
    first, second = (parse_config(seeded).load_data() for _ in range(2))
    assert first.X_test.equals(second.X_test)
    assert np.bincount(first.y_test).tolist() == [15, 15, 15]
    other = parse_config(text + "\ntraining: {random_state: 4}").load_data()
    assert not first.X_test.equals(other.X_test)


@pytest.fixture
def cifar(monkeypatch):
    train, test = np.zeros((6, 4, 4, 3), "uint8"), np.ones((2, 4, 4, 3), "uint8")
    splits = (train, np.zeros((6, 1), int)), (test, np.ones((2, 1), int))
    monkeypatch.setattr(keras.datasets.cifar10, "load_data", lambda: splits)


@pytest.mark.usefixtures("cifar")
def test_sets_of_keras_come_with_their_splits():
    X_train, y_train, X_test, y_test = parse_config(CIFAR % "").load_data()
    assert X_train.shape == (6, 4, 4, 3)
    assert y_train.tolist() == [0] * 6
    assert (X_test == 1).all()
    assert y_test.tolist() == [1, 1]


@pytest.mark.usefixtures("cifar")
def test_splits_can_be_exchanged():
    text = CIFAR % ", train_split: test, test_split: train"
    assert parse_config(text).load_data().X_train.shape[0] == 2


def test_texts_are_put_together_of_their_words(monkeypatch):
    numbers = np.empty(2, dtype=object)
    numbers[:] = [[1, 4, 5], [1, 5, 2]]
    splits = (numbers, np.array([0, 1])), (numbers[:1], np.array([0]))
    monkeypatch.setattr(keras.datasets.imdb, "load_data", lambda: splits)
    words = {"good": 1, "film": 2}
    monkeypatch.setattr(keras.datasets.imdb, "get_word_index", lambda: words)
    text = "task: {name: TextClassification, dataset: {name: IMDB}}"
    assert parse_config(text).load_data().X_train == ["good film", "film"]


def test_a_set_that_cannot_be_fetched_says_what_to_do(monkeypatch):
    def fail():
        raise Exception("URL fetch failure on https://a.b: None -- no such host")

    monkeypatch.setattr(keras.datasets.cifar10, "load_data", fail)
    with pytest.raises(DownloadError, match=r"no such host.*'path: folder'"):
        parse_config(CIFAR % "").load_data()


@pytest.fixture
def table(tmp_path):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.normal(size=50), "b": rng.normal(size=50)})
    frame["kind"] = np.repeat(["cat", "dog"], 25)
    frame.to_csv(tmp_path / "pets.csv", index=False)
    frame[:10].to_csv(tmp_path / "others.csv", index=False)
    return frame


def test_paths_begin_at_the_folder_of_the_file(tmp_path, table):
    text = (
        "task: {name: TabularClassification, dataset: {path: pets.csv, target: kind}}"
    )
    X_train, y_train, _X_test, y_test = load(tmp_path, text)
    assert list(X_train.columns) == ["a", "b"]
    assert sorted(y_test) == ["cat"] * 5 + ["dog"] * 5
    assert len(X_train) == len(y_train) == 40


def test_a_file_of_rows_to_test_on(tmp_path, table):
    dataset = "{path: pets.csv, target: kind, test_path: others.csv}"
    data = load(tmp_path, f"task: {{name: TabularClassification, dataset: {dataset}}}")
    assert len(data.X_train) == 50
    assert data.X_test["a"].tolist() == pytest.approx(table["a"][:10].tolist())


def test_several_columns_can_be_the_target(tmp_path, table):
    text = "task: {name: TabularRegression, dataset: {path: pets.csv, target: [a, b]}}"
    data = load(tmp_path, text)
    assert list(data.X_train.columns) == ["kind"]
    assert data.y_train.shape == (40, 2)
    with pytest.raises(ValueError, match=r"pets\.csv has no column 'kid'.*'kind'"):
        load(tmp_path, text.replace("[a, b]", "[a, kid]"))
    with pytest.raises(ValueError, match=r"columns a, kind of .*pets\.csv are not all"):
        load(tmp_path, text.replace("[a, b]", "[a, kind]"))
    table.loc[[1, 2], "b"] = np.nan
    table.to_csv(tmp_path / "pets.csv", index=False)
    with pytest.warns(UserWarning, match="2 of 50 values of the columns a, b of"):
        data = load(tmp_path, text)
    assert len(data.X_train) + len(data.X_test) == 48


@pytest.mark.parametrize("name", ["a.npz", "A.NPZ"])
def test_arrays_may_have_rows_to_test_on(tmp_path, name):
    arrays = {"x_train": np.zeros((9, 5, 2)), "y_train": np.arange(9) % 2}
    with open(tmp_path / name, "wb") as file:
        np.savez(file, **arrays, x_test=np.ones((3, 5, 2)), y_test=[0, 1, 0])
    text = f"task: {{name: SequenceClassification, dataset: {{path: {name}}}}}"
    data = load(tmp_path, text)
    assert len(data.X_train) == 9
    assert data.X_test.mean() == 1
