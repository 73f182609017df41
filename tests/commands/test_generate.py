"""``skautogen generate``: from a configuration to a Python file."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from skautogen import AutoGenClassifier, load
from skautogen.cli import main
from skautogen.commands import generate
from skautogen.commands._data_file import DataFile, data_file, write_rows
from skautogen.config import parse_config

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
    assert head.startswith("1 candidate in ")
    metrics = {line.split()[0]: float(line.split()[1]) for line in lines}
    model = load(generated.folder / "model.skautogen")
    with_path = CONFIG.replace("data/", f"{generated.folder}/data/")
    data = parse_config(with_path).load_data()
    expected = model.score(data.X_test, data.y_test)
    assert metrics["accuracy"] == pytest.approx(expected, abs=1e-4)


def test_it_is_said_whose_scores_these_are():
    model = SimpleNamespace(ensemble_=SimpleNamespace(pipelines=[None] * 6))
    said = generate._of_which(model, {"code": Path("deep/my.py")})
    assert "scores of 6 networks that answer together" in said
    assert "my.py is the best of them alone" in said


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
        model,
        config,
        SimpleNamespace(X_train=["a.png"]),
        {"code": tmp_path / "model.py", "keras": tmp_path / "a"},
        DataFile(tmp_path / "pictures", "target", is_own=True),
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
        file = data_file(config, tmp_path / "model.py")
        assert not file.is_own
        write_rows(data, file.target, file.path)
        frame = pd.read_csv(file.path)
        assert file.path.name == f"{name}.csv"
        assert len(frame) == len(data.X_train) + len(data.X_test)
        assert list(frame.columns) == [*data.X_train.columns, *target]
        assert (
            frame[target[-1]][: len(data.y_train)]
            == data.y_train.T[..., :].reshape(len(target), -1)[-1]
        ).all()


def test_images_with_a_name_are_written_as_arrays(tmp_path):
    config = parse_config("task: {name: ImageClassification, dataset: {name: digits}}")
    data = config.load_data()
    file = data_file(config, tmp_path / "model.py")
    write_rows(data, file.target, file.path)
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
    file = data_file(config, tmp_path / "model.py")
    assert (file.path.name, file.target) == (expected, "y")
    assert file.is_own == (expected == name)
    if not file.is_own:
        write_rows(config.load_data(), "y", file.path)
        assert sorted(pd.read_csv(file.path)["y"]) == sorted(frame["y"])


def test_a_table_without_some_targets_is_written_without_these_rows(tmp_path):
    (tmp_path / "a.csv").write_text("a,y\n" + "1,u\n2,v\n3,\n" * 5)
    config = parse_config(
        "task: {name: TabularClassification, "
        f"dataset: {{path: {tmp_path}/a.csv, target: y}}}}"
    )
    file = data_file(config, tmp_path / "model.py")
    assert file.path == tmp_path / "a_rows.csv"
    with pytest.warns(UserWarning, match="5 of 15 values"):
        write_rows(config.load_data(), "y", file.path)
    assert sorted(pd.read_csv(file.path)["a"]) == [1] * 5 + [2] * 5


@pytest.mark.parametrize(
    ("names", "target", "expected"),
    [
        (["X", "y"], "null", "a.npz"),
        (["X", "y"], "y", "a.npz"),
        (["x", "y"], "null", "a_rows.npz"),
        (["X", "price"], "price", "a_rows.npz"),
        (["x_train", "y_train", "x_test", "y_test"], "null", "a_rows.npz"),
    ],
)
def test_arrays_that_generated_files_do_not_find_are_written(
    tmp_path, names, target, expected
):
    rng = np.random.default_rng(0)
    of_y = iter([np.arange(20) % 2] * 2)
    arrays = {
        name: rng.normal(size=(20, 5, 2)) if name[0] in "xX" else next(of_y)
        for name in names
    }
    np.savez(tmp_path / "a.npz", **arrays)
    config = parse_config(
        "task: {name: SequenceClassification, "
        f"dataset: {{path: {tmp_path}/a.npz, target: {target}}}}}"
    )
    file = data_file(config, tmp_path / "model.py")
    assert file.path == tmp_path / expected
    if not file.is_own:
        write_rows(config.load_data(), file.target, file.path)
        written = np.load(file.path)
        n_rows = 40 if "x_test" in names else 20
        assert written["X"].shape == (n_rows, 5, 2)
        assert written["y"].sum() == n_rows // 2


def test_a_table_of_arrays_is_written_as_csv(tmp_path):
    np.savez(tmp_path / "a.npz", X=np.zeros((20, 2)), y=np.arange(20) % 2)
    config = parse_config(
        "task: {name: TabularClassification, "
        f"dataset: {{path: {tmp_path}/a.npz, target: y}}}}"
    )
    file = data_file(config, tmp_path / "model.py")
    assert file.path == tmp_path / "a_rows.csv"
    write_rows(config.load_data(), file.target, file.path)
    assert list(pd.read_csv(file.path)) == ["x0", "x1", "y"]


# What is refused before the search


@pytest.fixture
def refuse(tmp_path, monkeypatch, capsys):
    """Run the command with another section export, to see what it says."""

    def no_search(*_, **__):
        raise AssertionError("searched")

    monkeypatch.setattr(AutoGenClassifier, "fit", no_search)
    monkeypatch.chdir(tmp_path)
    rows = "width,kind\n" + "1,iris\n2,rose\n" * 10
    (tmp_path / "flowers.csv").write_text(rows)
    text = CONFIG.replace("data/", "").split("export:")[0]

    def refuse(export, *arguments):
        (tmp_path / "config.yaml").write_text(f"{text}\nexport: {export}\n")
        assert main(["generate", *arguments]) == 2
        return capsys.readouterr().err

    return refuse


def test_code_that_is_no_module(refuse):
    assert "-o must be a Python module" in refuse("{}", "-o", "my-model.py")


@pytest.mark.parametrize(
    ("export", "name"),
    [
        ("{weights: true}", "model.keras"),
        ("{weights: true}", "model.joblib"),
        ("{onnx: a.onnx}", "a.onnx.json"),
    ],
)
def test_files_beside_others_are_not_replaced(refuse, tmp_path, export, name):
    (tmp_path / name).write_text("mine")
    assert f"{name} is there already" in refuse(export)


def test_two_files_of_one_name(refuse):
    shown = refuse("{weights: true, keras: model.keras}", "--overwrite")
    assert "model.keras would be written twice" in shown


def test_data_are_not_replaced_by_code(refuse, tmp_path):
    (tmp_path / "flowers.csv").rename(tmp_path / "flowers.py")
    (tmp_path / "flowers.csv").symlink_to(tmp_path / "flowers.py")
    shown = refuse("{}", "-o", "flowers.py", "--overwrite")
    assert "flowers.py is a file that is read" in shown


def test_the_column_of_the_texts_is_named(tmp_path):
    def generate_code(path, **settings):
        given.update(settings)

    given = {}
    (tmp_path / "mails.csv").write_text("message,kind\nhello,a\nbye,b\n")
    config = parse_config(
        "task: {name: TextClassification, "
        f"dataset: {{path: {tmp_path}/mails.csv, target: kind}}}}"
    )
    code = tmp_path / "model.py"
    data = SimpleNamespace(X_train=pd.DataFrame({"message": ["hello", "bye"]}))
    model = SimpleNamespace(generate_code=generate_code)
    generate._write_code(model, config, data, code, data_file(config, code))
    assert (given["text"], given["target"]) == ("message", "kind")
    assert given["data"].endswith("mails.csv")
