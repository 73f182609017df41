"""The command line of a generated file."""

import importlib.util
import os
import subprocess
import sys
from argparse import Namespace

import numpy as np
import pandas as pd
import pytest

from skautogen.export import write_source

from ._source_tables import Case, make

TARGET = ["price", "weight"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A generated file for two numbers, and a table with gaps and categories."""
    folder = tmp_path_factory.mktemp("command")
    rng = np.random.default_rng(0)
    X = pd.DataFrame(
        {"size": rng.normal(size=120), "sort": rng.choice(["a", "b", "c"], 120)}
    )
    y = np.column_stack([3 * X["size"], 5.0 + (X["sort"] == "a")])
    X.loc[::9, "size"] = np.nan
    settings = {"hidden_layer_sizes": (16,), "learning_rate": 0.02, "epochs": 20}
    made = make(Case(X, y, "mlp", settings))
    write_source(made.estimator, folder / "model.py")
    house = X.assign(price=y[:, 0], weight=y[:, 1])
    house.to_csv(folder / "house.csv", index=False)
    house.assign(price=house["price"].where(house.index > 4)).to_csv(
        folder / "unknown.csv", index=False
    )
    X[["sort"]].to_csv(folder / "sorts.csv", index=False)
    X.head(3).to_csv(folder / "new.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def model(folder):
    """The generated file as a module."""
    spec = importlib.util.spec_from_file_location("model", folder / "model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(folder, *arguments, **environment):
    command = [sys.executable, "model.py", *arguments]
    own = {name: v for name, v in os.environ.items() if name != "PYTHONPATH"}
    own.pop("TF_CPP_MIN_LOG_LEVEL", None)
    done = subprocess.run(
        command,
        cwd=folder,
        env={**own, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def test_help_does_not_wait_for_keras(folder, tmp_path):
    (tmp_path / "keras.py").write_text("raise RuntimeError('Keras was imported')")
    shown = _run(folder, "--help", PYTHONPATH=str(tmp_path)).stdout
    assert "--predict FILE" in shown
    assert "python model.py --data data.csv" in shown


def test_it_trains_evaluates_saves_and_predicts_quietly(folder, model, capsys):
    done = _run(folder, "--data", "house.csv", "--target", *TARGET)
    *progress, rmse, mae, r2 = done.stdout.splitlines()
    assert [line.split()[0] for line in (rmse, mae, r2)] == ["rmse", "mae", "r2"]
    assert len(progress) == 10  # of 20 epochs
    assert progress[-1].startswith("epoch 20 of 20  loss ")
    # What TensorFlow writes before it can be asked to be quiet.
    assert all("0000" in line or "absl::" in line for line in done.stderr.splitlines())
    predict = Namespace(predict=str(folder / "new.csv"), data=None, target=TARGET)
    model.main(predict)
    predicted = capsys.readouterr().out.splitlines()
    assert predicted[0] == "price,weight"
    assert len(predicted) == 4


def test_rows_without_a_target_are_left_out(folder, model, capsys):
    X, y = model.load_data(str(folder / "unknown.csv"), TARGET)
    assert (len(X), y.shape) == (115, (115, 2))
    assert capsys.readouterr().out == "5 rows without a target are left out.\n"


@pytest.mark.parametrize(
    ("data", "target", "shown"),
    [
        ("no.csv", TARGET, r"no\.csv: .*No such file or directory"),
        ("house.csv", ["prize", "weight"], r"house\.csv: no column prize; its columns"),
        ("sorts.csv", ["sort"], r"sorts\.csv: no column size; its columns are sort\."),
    ],
)
def test_wrong_data_are_named_in_a_line(folder, model, data, target, shown):
    arguments = Namespace(predict=None, data=str(folder / data), target=target)
    with pytest.raises(SystemExit, match=shown):
        model.main(arguments)


def test_prediction_before_any_training(folder, model, monkeypatch, tmp_path):
    monkeypatch.setattr(model, "MODEL", tmp_path / "model.keras")
    arguments = Namespace(predict="new.csv", data=None, target=None)
    with pytest.raises(SystemExit, match=r"model\.keras is not there: train first"):
        model.main(arguments)
