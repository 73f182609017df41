"""skautogen fit."""

import numpy as np
import pytest

import skautogen
from skautogen import AutoGenClassifier, AutoGenRegressor


def test_a_table(run, folder, later):
    code, out, err = run(
        *("fit", "train.csv", "--target", "churn", "-o", "m.skautogen"),
        *("--n-iter", "1", "--time-limit", "1", "--random-state", "0"),
        *("--scoring", "balanced_accuracy"),
    )
    assert code == 0
    assert out.startswith("balanced_accuracy ")
    assert out.endswith("Saved: m.skautogen\n")
    assert "train.csv: 60 rows, 2 columns." in err
    assert "Task: classification (2 classes, of strings)." in err
    assert "5/5 trainings" in err
    model = skautogen.load(folder / "m.skautogen")
    assert model.target_name_ == "churn"
    assert model.feature_names_in_.tolist() == ["age", "city"]
    assert model.get_params()["random_state"] == 0
    assert model.score(later[["age", "city"]], later["churn"]) > 0.7


@pytest.fixture
def fitted(monkeypatch):
    """What was fitted, without training anything."""
    fitted = []

    def fit(self, X, y):
        fitted.append((self, X, y))
        raise ValueError("enough")

    for each in (AutoGenClassifier, AutoGenRegressor):
        monkeypatch.setattr(each, "fit", fit)
    return fitted


@pytest.mark.parametrize(
    ("task", "estimator"),
    [("auto", AutoGenClassifier), ("regression", AutoGenRegressor)],
)
def test_whole_numbers(task, estimator, run, folder, fitted):
    rows = "".join(f"{i},{1 + i % 3}\n" for i in range(30))
    (folder / "stars.csv").write_text(f"a,stars\n{rows}")
    arguments = ("--target", "stars", "-o", "m", "--task", task)
    _, _, err = run("fit", "stars.csv", *arguments)
    assert type(fitted[0][0]) is estimator
    is_said = "3 different whole numbers). If that is not meant: --task regr" in err
    assert is_said == (task == "auto")


def test_settings_are_passed_on(run, folder, fitted):
    options = ("--search", "tpe", "--n-iter", "7", "--time-limit", "9.5")
    run("fit", "train.csv", "--target", "churn", "-o", "m", *options)
    model, X, y = fitted[0]
    assert (model.search, model.n_iter, model.time_limit) == ("tpe", 7, 9.5)
    assert model.verbose == 1
    assert model.scoring is None
    assert X.columns.tolist() == ["age", "city"]
    assert y.name == "churn"


def test_arrays_need_no_target(run, folder, fitted):
    X, y = np.zeros((10, 4, 4)), np.arange(10) % 2
    np.savez(folder / "a.npz", x_train=X, y_train=y, x_test=X[:1], y_test=y[:1])
    run("fit", "a.npz", "-o", "m")
    assert fitted[0][1].shape == (10, 4, 4)


# What is asked for


def test_the_target_is_asked_for(run, folder, fitted):
    code, _, err = run("fit", "train.csv", "-o", "m")
    assert code == 2
    assert "Pass --target COLUMN. It has: age, city, churn." in err
    assert "Perhaps --target churn" in err
    assert not fitted


@pytest.mark.parametrize(
    ("task", "target", "other"),
    [("regression", "churn", "classification"), ("classification", "n", "regression")],
)
def test_a_task_that_the_target_is_not(run, folder, fitted, task, target, other):
    rows = "".join(f"{i},{'no' if i % 2 else 'yes'}\n" for i in range(30))
    (folder / "a.csv").write_text(f"n,churn\n{rows}")
    code, _, err = run("fit", "a.csv", "--target", target, "-o", "m", "--task", task)
    assert code == 2
    assert f"--task {task}: the target has" in err
    assert f"--task {other}" in err
    assert not fitted


# What is refused, before anything is read


def test_no_folder(run, fitted):
    code, _, err = run("fit", "train.csv", "--target", "churn", "-o", "a/m")
    assert code == 2
    assert err == "skautogen: error: -o a/m: there is no folder 'a'. Make it first.\n"
    assert not fitted


def test_a_model_is_not_lost(run, folder, fitted):
    before = (folder / "churn.skautogen").read_bytes()
    arguments = ("fit", "train.csv", "--target", "churn", "-o", "churn.skautogen")
    code, _, err = run(*arguments)
    assert code == 2
    assert "churn.skautogen is there already. Pass --overwrite" in err
    assert not fitted
    run(*arguments, "--overwrite")
    assert fitted
    # Nothing is replaced before there is something to put there.
    assert (folder / "churn.skautogen").read_bytes() == before


def test_data_are_not_replaced_by_a_model(run, fitted):
    code, _, err = run(
        *("fit", "train.csv", "--target", "churn", "-o", "./train.csv", "--overwrite")
    )
    assert code == 2
    assert "-o ./train.csv is a file that is read. Give another name." in err


def test_a_folder_is_no_file(run, folder, fitted):
    (folder / "models").mkdir()
    arguments = ("fit", "train.csv", "--target", "churn", "-o", "models", "--overwrite")
    code, _, err = run(*arguments)
    assert code == 2
    assert "-o models is a folder. Give the name of a file." in err


def test_a_table_without_its_target(run):
    code, _, err = run("fit", "train.csv", "-o", "m")
    assert code == 2
    assert "train.csv: which column is to be predicted? Pass --target COLUMN." in err
    assert "It has: age, city, churn. Perhaps --target churn" in err


def test_a_wrong_setting(run):
    code, _, err = run(
        "fit", "train.csv", "--target", "churn", "-o", "m", "--search", "tep"
    )
    assert code == 2
    assert "'tep'" in err
    assert "Did you mean 'tpe'" in err
