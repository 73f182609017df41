"""``skautogen generate``: from a configuration to a Python file."""

from __future__ import annotations

import runpy
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from skautogen import load
from skautogen.cli import main
from skautogen.commands import generate
from skautogen.commands._data_file import data_file, write_rows
from skautogen.config import parse_config

pytestmark = pytest.mark.xdist_group("commands")

CONFIG = """
task:
  name: TabularClassification
  dataset: {path: data/flowers.csv, target: kind}
search: {n_iter: 1, cv: 2}
model: {architecture: mlp, hyperparameters: {hidden_layer_sizes: [8]}, ensemble_size: 0}
training: {epochs: 3, random_state: 0}
export: {estimator: model.skautogen}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("generate")
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(60, 2)), columns=["width", "length"])
    frame["kind"] = np.where(frame["width"] > 0, "iris", "rose")
    (folder / "data").mkdir()
    frame.to_csv(folder / "data" / "flowers.csv", index=False)
    (folder / "config.yaml").write_text(CONFIG)
    return folder


@pytest.fixture(scope="module")
def generated(folder):
    """The folder, and what was printed."""
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.chdir(folder):
        assert main(["generate", "--config", "config.yaml"]) == 0
    return SimpleNamespace(folder=folder, printed=printed.getvalue())


def test_the_metrics_of_the_test_rows_are_printed(generated):
    head, *lines = generated.printed.splitlines()
    assert head.startswith("1 candidates in ")
    metrics = {line.split()[0]: float(line.split()[1]) for line in lines}
    model = load(generated.folder / "model.skautogen")
    with_path = CONFIG.replace("data/", f"{generated.folder}/data/")
    data = parse_config(with_path).load_data()
    expected = model.score(data.X_test, data.y_test)
    assert metrics["accuracy"] == pytest.approx(expected, abs=1e-4)


def test_the_file_trains_on_the_data_of_the_configuration(generated, monkeypatch):
    monkeypatch.chdir(generated.folder)
    module = runpy.run_path("model.py")
    assert (module["DATA"], module["TARGET"]) == ("data/flowers.csv", "kind")
    X, y = module["load_data"](module["DATA"], module["TARGET"])
    assert list(X.columns) == ["width", "length"]
    assert sorted(set(y)) == ["iris", "rose"]
    assert "python model.py --data data/flowers.csv --target kind" in module["__doc__"]


def test_what_is_there_is_not_replaced(generated, capsys):
    config = str(generated.folder / "config.yaml")
    before = (generated.folder / "model.py").read_text()
    assert main(["generate", "--config", config]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert (generated.folder / "model.py").read_text() == before


def test_problems_of_the_file_end_the_command(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text("task: {name: TabularRegression, dataset: {name: diabets}}\n")
    assert main(["generate", "--config", str(path)]) == 2
    shown = capsys.readouterr().err
    assert f"{path}:1:49: task.dataset.name" in shown
    assert "Did you mean 'diabetes'?" in shown


def test_a_finished_search_is_kept_where_no_source_can_be_written(tmp_path, capsys):
    def refuse(path, **settings):
        raise ValueError("no source of that kind yet")

    saved = []
    model = SimpleNamespace(generate_code=refuse, save=saved.append)
    text = "task: {name: ImageClassification, dataset: {path: pictures}}"
    config = parse_config(text)
    (tmp_path / "model.skautogen").write_text("of yesterday")
    is_complete = generate._write(
        model, config, None, {"code": tmp_path / "model.py", "keras": tmp_path / "a"}
    )
    assert not is_complete
    assert saved == [tmp_path / "model_2.skautogen"]
    shown = capsys.readouterr().err
    assert "was not written: no source of that kind yet" in shown
    assert "skautogen.load(" in shown


def test_sets_with_a_name_are_written_as_generated_files_read_them(tmp_path):
    for name, task, target in (
        ("wine", "TabularClassification", ["target"]),
        ("linnerud", "TabularRegression", ["Weight", "Waist", "Pulse"]),
    ):
        config = parse_config(f"task: {{name: {task}, dataset: {{name: {name}}}}}")
        data = config.load_data()
        file, named = data_file(config, tmp_path / "model.py")
        write_rows(data, named, file)
        frame = pd.read_csv(file)
        assert file.name == f"{name}.csv"
        assert len(frame) == len(data.X_train) + len(data.X_test)
        assert list(frame.columns) == [*data.X_train.columns, *target]
        assert (
            frame[target[-1]][: len(data.y_train)]
            == data.y_train.T[..., :].reshape(len(target), -1)[-1]
        ).all()


def test_images_with_a_name_are_written_as_arrays(tmp_path):
    config = parse_config("task: {name: ImageClassification, dataset: {name: digits}}")
    data = config.load_data()
    file, target = data_file(config, tmp_path / "model.py")
    write_rows(data, target, file)
    arrays = np.load(tmp_path / "digits.npz")
    assert arrays["X"].shape == (1797, 8, 8)
    assert np.bincount(arrays["y"]).sum() == 1797


@pytest.mark.parametrize(
    ("name", "separator", "expected"),
    [
        ("a.csv", ",", "a.csv"),
        ("a.csv", ";", "a_rows.csv"),
        ("a.tsv", "\t", "a_rows.csv"),
    ],
)
def test_tables_that_are_no_plain_csv_are_written_as_one(
    tmp_path, monkeypatch, name, separator, expected
):
    monkeypatch.chdir(tmp_path)
    frame = pd.DataFrame({"a": [0.5, 1.5] * 5, "y": ["u", "v"] * 5})
    frame.to_csv(name, sep=separator, index=False)
    config = parse_config(
        f"task: {{name: TabularClassification, dataset: {{path: {name}, target: y}}}}"
    )
    file, target = data_file(config, tmp_path / "model.py")
    assert (file.name, target) == (expected, "y")
    if file.name != name:
        write_rows(config.load_data(), target, file)
        assert sorted(pd.read_csv(file)["y"]) == sorted(frame["y"])
