"""Files that the tests of commands share."""

import numpy as np
import pandas as pd
import pytest

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.cli import main


def _people(n, seed):
    rng = np.random.default_rng(seed)
    people = pd.DataFrame(
        {"age": rng.integers(18, 80, n), "city": rng.choice(["Oslo", "Rome"], n)}
    )
    people["churn"] = np.where(people["age"] > 45, "yes", "no")
    return people


@pytest.fixture(scope="session")
def people():
    return _people(60, 0)


@pytest.fixture(scope="session")
def later():
    """New rows, with columns in another order, and one more."""
    later = _people(20, 1)[["churn", "city", "age"]]
    return later.assign(name="somebody")


@pytest.fixture(scope="session")
def classifier(people, fast):
    model = AutoGenClassifier(**fast)
    return model.fit(people[["age", "city"]], people["churn"])


@pytest.fixture(scope="session")
def _files(tmp_path_factory, people, later, classifier, fast):
    folder = tmp_path_factory.mktemp("commands")
    people.to_csv(folder / "train.csv", index=False)
    later.to_csv(folder / "test.csv", index=False)
    classifier.save(folder / "churn.skautogen")
    regressor = AutoGenRegressor(**fast).fit(people[["city", "churn"]], people["age"])
    regressor.save(folder / "age.skautogen")
    return folder


@pytest.fixture
def folder(_files, tmp_path, monkeypatch):
    """A working folder with train.csv, test.csv, churn.skautogen, age.skautogen."""
    for each in _files.iterdir():
        (tmp_path / each.name).write_bytes(each.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """Run a command in the folder: its exit code, stdout and stderr."""

    def run(*arguments):
        try:
            code = main(list(arguments))
        except SystemExit as error:  # of argparse
            code = error.code
        return code, *capsys.readouterr()

    return run
