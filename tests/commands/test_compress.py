"""skautogen compress, over a stub of what the estimator does."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from skautogen import AutoGenClassifier

pytestmark = pytest.mark.xdist_group("commands")


class _Smaller:
    def save(self, path):
        Path(path).write_text("small")


@dataclass
class _Result:
    said: str
    estimator = _Smaller()

    def __str__(self):
        return self.said


def test_compress(run, folder, monkeypatch):
    def compress(self, *, method, tolerance):
        return _Result(f"{method} within {tolerance}")

    monkeypatch.setattr(AutoGenClassifier, "compress", compress, raising=False)
    arguments = ("compress", "churn.skautogen", "-o", "small.skautogen")
    code, out, _ = run(*arguments, "--method", "prune", "--tolerance", "0.02")
    assert (code, out) == (0, "prune within 0.02\n")
    assert (folder / "small.skautogen").read_text() == "small"


def test_the_model_itself_is_not_replaced(run):
    arguments = ("compress", "churn.skautogen", "-o", "churn.skautogen", "--overwrite")
    code, _, err = run(*arguments)
    assert code == 2
    assert "churn.skautogen is a file that is read" in err
