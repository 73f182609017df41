"""The shell lines and the program of the documents run as they stand."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import skautogen

DOCS = Path(__file__).parents[2] / "docs"
# Options that count last: the same command, in less time.
QUICK = {
    "fit": ["--n-iter", "1", "--time-limit", "1"],
    "compress": ["--method", "float16"],
}
# As a process has it that has neither of them installed.
WITHOUT = """
import runpy, sys
for name in ("skautogen", "tensorflow", "keras", "sklearn", "pandas"):
    sys.modules[name] = None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def _blocks(page, language):
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def _commands(page):
    lines = "".join(_blocks(page, "sh")).splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("skautogen ")]


def test_the_command_line(run, folder):
    (folder / "churn.skautogen").unlink()
    (folder / "new.csv").write_bytes((folder / "test.csv").read_bytes())
    commands = _commands("command_line.md")
    assert {each[0] for each in commands} == {
        *("fit", "predict", "evaluate", "report", "export", "compress")
    }
    for each in commands:
        code, _, err = run(*each, *QUICK.get(each[0], ()))
        assert code == 0, (each, err)
    with np.load(folder / "predictions.npz") as predicted:
        assert set(predicted) == {"churn", "probability_no", "probability_yes"}
    assert (folder / "search.html").exists()


@pytest.fixture
def customers(folder):
    rng = np.random.default_rng(0)
    n = 60
    customers = pd.DataFrame(
        {
            "age": rng.integers(18, 80, n).astype(float),
            "plan": rng.choice(["basic", "family", "student"], n),
            "visits": rng.integers(0, 13, n),
        }
    )
    customers["churn"] = np.where(customers["visits"] > 6, "no", "yes")
    customers.loc[::9, "age"] = np.nan
    customers.to_csv(folder / "customers.csv", index=False)
    return customers


def test_from_a_csv_file_to_a_process_without_skautogen(run, folder, customers):
    pytest.importorskip("onnxruntime")
    (folder / "churn.skautogen").unlink()
    fit, export = _commands("deploy.md")
    assert run(*fit, *QUICK["fit"])[0] == 0
    assert run(*export)[0] == 0
    (told,) = _blocks("deploy.md", "json")
    written = json.loads((folder / "churn.onnx.json").read_text(encoding="utf-8"))
    for name, value in json.loads(f"{{{told}}}").items():
        assert written["input"][name] == value

    (program,) = _blocks("deploy.md", "python")
    (folder / "serve.py").write_text(program, encoding="utf-8")
    new = customers.drop(columns="churn").head(20)
    new.loc[3, "plan"] = "of another kind"
    new.to_csv(folder / "new_customers.csv", index=False)
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT, "serve.py", "new_customers.csv"],
        capture_output=True,
        text=True,
        check=True,
    )
    network = skautogen.load(folder / "churn.skautogen").best_estimator_
    expected = network.predict_proba(new)
    answered = [line.split() for line in ran.stdout.splitlines()]
    assert [each[0] for each in answered] == [
        ["no", "yes"][row.argmax()] for row in expected
    ]
    np.testing.assert_allclose(
        [float(each[1]) for each in answered], expected.max(axis=1), atol=2e-4
    )
