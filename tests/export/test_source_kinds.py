"""Generated files for images, texts, sequences and sounds answer as the networks."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from skautogen.export import write_source

from ._source_kinds import CASES, make_data, make_estimator, write_data

# The files are generated once, and answer in one process.

HERE = Path(__file__).parent
TRAINED = [name for name, case in CASES.items() if case.is_trained]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Generate a file for each case, and what its network answers."""
    folder = tmp_path_factory.mktemp("generated")
    answers = {}
    for name, case in CASES.items():
        (folder / name).mkdir()
        X, y = make_data(case)
        estimator = make_estimator(case, X, y)
        write_source(estimator, folder / name / "model.py", weights=True)
        write_data(case, X, y, folder / name)
        best = estimator.best_estimator_
        answers[name] = getattr(best, "predict_proba", best.predict)(X)
        if case.saves_files:  # which are read class by class
            answers[name] = answers[name][np.argsort(y, kind="stable")]
    return folder, answers


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
def test_weights_of_the_network_give_its_predictions(name, expected, answered):
    folder, answers = expected
    got = np.load(folder / name / "answers.npy")
    scale = max(1.0, np.abs(answers[name]).max())
    np.testing.assert_allclose(got / scale, answers[name] / scale, atol=1e-5)


@pytest.mark.parametrize("name", [n for n in CASES if CASES[n].kind != "image"])
def test_preparation_learns_the_same_again(name, answered):
    assert answered[name]["preparation_differs_by"] < 1e-4


@pytest.mark.parametrize("name", TRAINED)
def test_trained_again_it_scores_as_the_network(name, expected, answered):
    _, answers = expected
    _, y = make_data(CASES[name])
    y = np.sort(y) if CASES[name].saves_files else y
    accuracy = np.mean(np.unique(y)[answers[name].argmax(axis=1)] == y)
    assert accuracy > 0.8
    assert answered[name]["metrics"]["accuracy"] == pytest.approx(accuracy, abs=0.15)


@pytest.mark.parametrize("name", TRAINED)
def test_command_predicts_with_what_was_saved(name, expected, answered):
    _, answers = expected
    _, y = make_data(CASES[name])
    predicted = np.unique(y)[answers[name].argmax(axis=1)]
    _, *lines = answered[name]["printed"]
    assert [line.split(",")[-1] for line in lines] == predicted.tolist()


def test_sources_are_clean(expected):
    folder, _ = expected
    files = list(map(str, folder.glob("*/model.py")))
    own = "--config", str(HERE.parents[1] / "pyproject.toml")
    ruff = sys.executable, "-m", "ruff"
    for arguments in (["check", *own], ["format", "--isolated", "--check", "--diff"]):
        done = subprocess.run(
            [*ruff, *arguments, *files], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
