"""The command line of a generated file."""

import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from skautogen import AutoGenRegressor


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
    y = np.nan_to_num(y)
    space = {"hidden_layer_sizes": [(16,)], "learning_rate": [0.02]}
    model = AutoGenRegressor(
        architecture="mlp", param_space=space, cv=2, epochs=20, random_state=0
    )
    model.fit(X, y).generate_code(folder / "model.py")
    X.assign(price=y[:, 0], weight=y[:, 1]).to_csv(folder / "house.csv", index=False)
    X.head(3).to_csv(folder / "new.csv", index=False)
    return folder


def _run(folder, *arguments):
    command = [sys.executable, "model.py", *arguments]
    environment = {name: v for name, v in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_it_trains_evaluates_saves_and_predicts(folder):
    target = "--target", "price", "weight"
    shown = _run(folder, "--data", "house.csv", *target)
    last = dict(line.split() for line in shown.splitlines()[-3:])
    assert list(last) == ["rmse", "mae", "r2"]
    assert (folder / "model.keras").exists()
    predicted = _run(folder, "--predict", "new.csv", *target).splitlines()
    assert predicted[0] == "price,weight"
    assert len(predicted) == 4
