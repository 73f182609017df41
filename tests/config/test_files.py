"""What is wrong with the files that a configuration names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from skautogen.config import ConfigError, load_config


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"size": rng.normal(size=30), "rooms": [1, 2, 3] * 10})
    frame["sold"], frame["price"] = ["yes", "no"] * 15, np.arange(30)
    frame.to_csv(tmp_path / "houses.csv", index=False)
    for name in ("cat", "dog"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        (tmp_path / "pets" / name / "1.png").write_bytes(b"")
    return tmp_path


@pytest.fixture
def load(folder):
    def load(name, dataset, more=""):
        path = folder / "my.yaml"
        path.write_text(f"task:\n  name: {name}\n  dataset: {{{dataset}}}\n{more}")
        return load_config(path)

    return load


def problems(do):
    with pytest.raises(ConfigError) as caught:
        do()
    return [str(each) for each in caught.value.problems]


def test_files_that_are_not_there_are_in_the_report(load):
    found = problems(
        lambda: load(
            "TabularRegression",
            "path: house.csv, test_path: new.csv, target: price",
            "search: {n_itr: 3}\nexport: {report: pages/a.html}\n",
        )
    )
    places = [each.split(" ")[0] for each in found]
    assert places == ["3:19:", "3:41:", "4:10:", "5:18:"]
    assert "there is no file or folder 'house.csv'" in found[0]
    assert found[0].endswith("Did you mean 'houses.csv'?")
    assert "there is no folder 'pages'" in found[3]


def test_a_table_is_no_folder(load):
    found = problems(lambda: load("TextClassification", "path: pets"))
    assert found[0].startswith("2:9: task.name: TextClassification predicts from a fil")


@pytest.mark.parametrize(
    ("name", "target", "other"),
    [
        ("TabularRegression", "sold", "TabularClassification"),
        ("TabularClassification", "size", "TabularRegression"),
        ("TabularClassification", "price", "TabularRegression"),
    ],
)
def test_a_target_of_another_task_names_the_key(load, name, target, other):
    config = load(name, f"path: houses.csv, target: {target}")
    (found,) = problems(config.load_data)
    assert found.startswith(f"2:9: task.name: {name} predicts ")
    assert f"'{target}' of houses.csv has" in found
    assert f"Write {other}" in found


def test_whole_numbers_may_be_either(load):
    for name in ("TabularRegression", "TabularClassification"):
        load(name, "path: houses.csv, target: rooms").load_data()


@pytest.mark.parametrize(
    ("name", "dataset", "other"),
    [
        ("ImageRegression", "path: houses.csv, target: size", "TabularRegression"),
        ("AudioClassification", "path: pets", "ImageClassification"),
    ],
)
def test_rows_of_another_kind_name_the_key(load, name, dataset, other):
    (found,) = problems(load(name, dataset).load_data)
    assert found.startswith(f"2:9: task.name: {name} predicts from ")
    assert f"Write {other}" in found


def test_no_configuration_says_how_to_make_one(tmp_path):
    with pytest.raises(FileNotFoundError, match="skautogen init"):
        load_config(tmp_path / "config.yaml")
