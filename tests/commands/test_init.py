"""``skautogen init``: a configuration for data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from skautogen.cli import main
from skautogen.config import load_config


@pytest.fixture
def folder(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"size": rng.normal(size=30), "label": list("ab") * 15})
    frame["price"] = rng.normal(size=30)
    frame.to_csv(tmp_path / "houses.csv", index=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*arguments):
    assert main(["init", *arguments]) == 0
    return load_config("config.yaml").task


def test_a_target_is_found_by_its_name(folder, capsys):
    task = init("houses.csv")
    assert task.name == "TabularClassification"
    assert (task.dataset.path, task.dataset.target) == ("houses.csv", "label")
    assert "Target: the column 'label'." in capsys.readouterr().err


def test_a_target_can_be_named(folder):
    task = init("houses.csv", "--target", "price")
    assert (task.name, task.dataset.target) == ("TabularRegression", "price")


def test_paths_begin_at_the_configuration(folder):
    (folder / "deep").mkdir()
    assert main(["init", "houses.csv", "-o", "deep/my.yaml"]) == 0
    config = load_config("deep/my.yaml")
    assert config.task.dataset.path == "../houses.csv"
    assert len(config.load_data().X_train) == 24


def test_the_kind_of_input_is_seen(folder):
    np.savez(
        "steps.npz", X=np.random.default_rng(0).normal(size=(9, 5, 2)), y=[0.5] * 9
    )
    assert init("steps.npz").name == "SequenceRegression"


def test_sets_have_names(folder):
    task = init("Fashion-MNIST")
    assert (task.name, task.dataset.name) == ("ImageClassification", "Fashion-MNIST")


def test_what_is_there_is_not_replaced(folder, capsys):
    (folder / "config.yaml").write_text("mine")
    assert main(["init", "houses.csv"]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert init("houses.csv", "--overwrite").kind == "table"


def test_a_single_column_of_texts_is_texts(folder):
    pd.DataFrame({"message": ["win now", "see you"] * 9, "y": [1, 0] * 9}).to_csv(
        "spam.csv", index=False
    )
    assert init("spam.csv").name == "TextClassification"


def test_architectures_of_other_kinds_are_not_listed(folder):
    from skautogen.architectures import ARCHITECTURES

    init("houses.csv")
    lines = (folder / "config.yaml").read_text().splitlines()
    text = " ".join(line.removeprefix("  # ") for line in lines)
    (listed,) = (each for each in text.split("One of: ") if each.startswith("auto, m"))
    names = set(listed.partition(".")[0].split(", "))
    expected = {name for name, x in ARCHITECTURES.items() if x.input_kind == "table"}
    assert names == {"auto", *expected}


def test_a_configuration_is_no_data(folder, capsys):
    init("houses.csv")
    assert main(["init", "config.yaml", "-o", "new.yaml"]) == 2
    assert "skautogen generate --config config.yaml" in capsys.readouterr().err
