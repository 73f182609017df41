"""skautogen compress."""

from types import SimpleNamespace

import numpy as np
import pytest

import skautogen
from skautogen.commands import compress
from skautogen.data import read_data


def test_compress(run, folder):
    arguments = ("compress", "churn.skautogen", "train.csv", "-o", "small.skautogen")
    code, out, _ = run(*arguments, "--method", "float16", "--tolerance", "0.02")
    assert code == 0
    assert "done: float16 (asked: float16; at most 2.000%" in out
    small, large = (folder / f"{name}.skautogen" for name in ("small", "churn"))
    assert small.stat().st_size < large.stat().st_size
    X, _ = read_data(folder / "train.csv", "churn")
    ours, theirs = (skautogen.load(each).predict_proba(X) for each in (small, large))
    np.testing.assert_allclose(ours, theirs, atol=0.01)


def test_rows_to_test_on_are_not_learned_from(run, folder, monkeypatch):
    given = []

    def learn(X, y, **settings):
        given.append((X.tolist(), y.tolist()))
        return SimpleNamespace(estimator=SimpleNamespace(save=lambda path: None))

    model = SimpleNamespace(compress=learn)
    monkeypatch.setattr(compress, "load_model", lambda path: model)
    arrays = {"x_train": [[1], [2]], "y_train": [0, 1], "x_test": [[3]], "y_test": [1]}
    np.savez(folder / "a.npz", **arrays)
    code, _, _ = run("compress", "churn.skautogen", "a.npz", "-o", "s.skautogen")
    assert code == 0
    assert given == [([[1], [2]], [0, 1])]


def test_an_unknown_method_is_told_before_anything_is_done(run, folder):
    arguments = ("compress", "churn.skautogen", "train.csv", "-o", "small.skautogen")
    code, _, err = run(*arguments, "--method", "prune")
    assert code == 2
    assert "Did you mean 'pruning'" in err
    assert not (folder / "small.skautogen").exists()


@pytest.mark.parametrize("name", ["churn.skautogen", "train.csv"])
def test_what_is_read_is_not_replaced(run, name):
    arguments = ("compress", "churn.skautogen", "train.csv", "-o", name, "--overwrite")
    code, _, err = run(*arguments)
    assert code == 2
    assert f"{name} is a file that is read" in err
