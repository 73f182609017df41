"""Generated files answer, and train, as the estimators do that they are made of."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ._source_cases import TRAINED, make_cases

# The files are generated once, and answer in one process.

HERE = Path(__file__).parent
CASES = make_cases()


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Generate a file for each case, and what its estimator answers."""
    folder = tmp_path_factory.mktemp("generated")
    answers = {}
    for name, case in CASES.items():
        estimator = case.fit()
        (folder / name).mkdir()
        estimator.generate_code(folder / name / "model.py", weights=True)
        _write_table(case, folder / name / "data.csv")
        best = estimator.best_estimator_
        X = case.X if case.fit_frame else case.X.to_numpy()
        answers[name] = getattr(best, "predict_proba", best.predict)(X)
    return folder, answers


def _write_table(case, path):
    y = case.y.reshape(len(case.y), -1)
    names = [f"target_{k}" for k in range(y.shape[1])]
    target = pd.DataFrame(y, columns=names if len(names) > 1 else ["target"])
    pd.concat([case.X.reset_index(drop=True), target], axis=1).to_csv(path, index=False)


@pytest.fixture(scope="module")
def answered(expected):
    """What the files answer where there is no skautogen."""
    folder, _ = expected
    script = HERE / "_run_sources.py"
    command = [sys.executable, "-I", str(script), str(folder), *TRAINED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads((folder / "answers.json").read_text())


@pytest.mark.parametrize("name", CASES)
def test_weights_of_the_estimator_give_its_predictions(name, expected, answered):
    folder, answers = expected
    got = np.load(folder / name / "answers.npy")
    scale = max(1.0, np.abs(answers[name]).max())
    np.testing.assert_allclose(got / scale, answers[name] / scale, atol=1e-5)


# Topics of texts are computed from random numbers, and differ from fit to fit.
@pytest.mark.parametrize("name", [name for name in CASES if name != "texts"])
def test_preparation_learns_the_same_again(name, answered):
    assert answered[name]["preparation_differs_by"] < 1e-4


@pytest.mark.parametrize("name", TRAINED)
def test_trained_again_it_scores_as_the_estimator(name, expected, answered):
    _, answers = expected
    got, y = answered[name]["metrics"], CASES[name].y
    if "accuracy" in got:
        accuracy = np.mean(np.unique(y)[answers[name].argmax(axis=1)] == y)
        assert got["accuracy"] == pytest.approx(accuracy, abs=0.1)
    else:
        errors = np.mean((answers[name] - y) ** 2, axis=0)
        assert got["rmse"] == pytest.approx(np.sqrt(errors).mean(), rel=0.2)


@pytest.mark.parametrize("name", CASES)
def test_source_is_clean(name, expected):
    folder, _ = expected
    _ruff("check", "--isolated", folder / name / "model.py")
    _ruff("format", "--isolated", "--check", folder / name / "model.py")
    own = "--config", HERE.parents[1] / "pyproject.toml"
    _ruff("check", *own, folder / name / "model.py")


def _ruff(*arguments):
    command = [sys.executable, "-m", "ruff", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
