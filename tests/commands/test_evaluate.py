"""skautogen evaluate."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from skautogen.commands._files import read_judged


@pytest.fixture
def expected(classifier, later):
    return classifier.evaluate(later[["age", "city"]], later["churn"])


def test_a_table_of_metrics(run, expected):
    code, out, _ = run("evaluate", "churn.skautogen", "test.csv")
    assert code == 0
    shown = dict(line.split() for line in out.splitlines())
    assert shown == {name: f"{value:.4f}" for name, value in expected.items()}


def test_json(run, expected):
    _, out, _ = run("evaluate", "churn.skautogen", "test.csv", "--json")
    assert json.loads(out) == pytest.approx(expected)


def test_json_knows_no_nan(run, folder, later):
    later[later["churn"] == "no"].to_csv(folder / "no.csv", index=False)
    _, out, _ = run("evaluate", "churn.skautogen", "no.csv", "--json")
    assert json.loads(out)["roc_auc"] is None


def test_numbers(run):
    _, out, _ = run("evaluate", "age.skautogen", "test.csv", "--json")
    assert json.loads(out).keys() == {"rmse", "mae", "r2"}


def test_a_target_of_another_name(run, folder, later, expected):
    later.rename(columns={"churn": "truth"}).to_csv(folder / "b.csv", index=False)
    arguments = ("evaluate", "churn.skautogen", "b.csv", "--json")
    code, _, err = run(*arguments)
    assert code == 2
    assert "b.csv has no column 'churn'." in err
    _, out, _ = run(*arguments, "--target", "truth")
    assert json.loads(out) == pytest.approx(expected)


def test_models_of_earlier_versions_do_not_know_the_target(folder):
    np.savez(folder / "a.npz", X=[[1], [2]], y=[0, 1])
    assert read_judged(SimpleNamespace(), "a.npz", None)[1].tolist() == [0, 1]
    with pytest.raises(ValueError, match=r"test\.csv: which column"):
        read_judged(SimpleNamespace(), "test.csv", None)
