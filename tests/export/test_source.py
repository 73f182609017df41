"""Generated files answer, and train, as the networks that they are made of."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from skautogen.export import write_source

from . import _source_kinds, _source_tables
from ._source_ensembles import ENSEMBLES

HERE = Path(__file__).parent
TABLES, KINDS = _source_tables.make_cases(), _source_kinds.CASES
TRAINED = [name for name, each in {**TABLES, **KINDS}.items() if each.is_trained]
MAKE = {
    **{name: partial(_source_tables.make, case) for name, case in TABLES.items()},
    **{name: partial(_source_kinds.make, case) for name, case in KINDS.items()},
    **ENSEMBLES,
}
OF_IMAGES = [name for name, case in KINDS.items() if case.kind == "image"]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Generate a file for each case, and what its networks answer."""
    folder = tmp_path_factory.mktemp("generated")
    answers, targets = {}, {}
    for name, make in MAKE.items():
        made = make()
        path = folder / name / "model.py"
        path.parent.mkdir()
        is_ensemble = made.estimator.ensemble_ is not None
        write_source(made.estimator, path, weights=True, ensemble=is_ensemble)
        made.write(path.parent)
        answers[name], targets[name] = made.answers(), made.targets()
    return folder, answers, targets


@pytest.fixture(scope="module")
def answered(expected):
    """What the files answer where there is no skautogen."""
    folder, *_ = expected
    script = HERE / "_run_sources.py"
    trained = [*TRAINED, "ensemble", "ensemble-text"]
    command = [sys.executable, "-I", str(script), str(folder), *trained]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads((folder / "answers.json").read_text())


@pytest.mark.parametrize("name", MAKE)
def test_weights_of_the_estimator_give_its_predictions(name, expected, answered):
    folder, answers, _ = expected
    got = np.load(folder / name / "answers.npy")
    scale = max(1.0, np.abs(answers[name]).max())
    np.testing.assert_allclose(got / scale, answers[name] / scale, atol=1e-5)


# Topics of texts are computed from random numbers, and differ from fit to fit.
@pytest.mark.parametrize(
    "name",
    [name for name in MAKE if name not in ("texts", *OF_IMAGES, *ENSEMBLES)],
)
def test_preparation_learns_the_same_again(name, answered):
    assert answered[name]["preparation_differs_by"] < 1e-4


@pytest.mark.parametrize("name", TRAINED)
def test_trained_again_it_scores_as_the_estimator(name, expected, answered):
    _, answers, targets = expected
    got, y = answered[name]["metrics"], targets[name]
    if "accuracy" in got:
        accuracy = np.mean(np.unique(y)[answers[name].argmax(axis=1)] == y)
        assert accuracy > 0.8
        assert got["accuracy"] == pytest.approx(accuracy, abs=0.15)
    else:
        errors = np.mean((answers[name] - y) ** 2, axis=0)
        assert got["rmse"] == pytest.approx(np.sqrt(errors).mean(), rel=0.2)


@pytest.mark.parametrize("name", [name for name in TRAINED if name in KINDS])
def test_command_predicts_with_what_was_saved(name, expected, answered):
    _, answers, targets = expected
    predicted = np.unique(targets[name])[answers[name].argmax(axis=1)]
    _, *lines = answered[name]["printed"]
    assert [line.split(",")[-1] for line in lines] == predicted.tolist()


def test_all_networks_of_an_ensemble_are_trained(answered):
    # Three candidates on two folds, and one on all rows.
    assert answered["ensemble"]["n_networks"] == 7
    assert answered["ensemble"]["metrics"]["accuracy"] > 0.8
    assert answered["ensemble-text"]["n_networks"] == 3


def test_sources_are_clean(expected):
    folder, *_ = expected
    files = list(map(str, folder.glob("*/model.py")))
    own = "--config", str(HERE.parents[1] / "pyproject.toml")
    for arguments in (
        ["check", "--isolated"],
        ["check", *own],
        ["format", "--isolated", "--check", "--diff"],
    ):
        command = [sys.executable, "-m", "ruff", *arguments, *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
