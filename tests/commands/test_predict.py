"""skautogen predict."""

import io
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from skautogen.commands import predict
from skautogen.commands._predictions import tabulate, write_table


@pytest.fixture
def expected(classifier, later):
    return classifier.predict(later[["age", "city"]])


def test_to_a_file(run, folder, expected):
    # test.csv has the target, another order of columns, and a column more.
    code, out, err = run("predict", "churn.skautogen", "test.csv", "-o", "p.csv")
    assert (code, out, err) == (0, "", "20 predictions: p.csv\n")
    written = pd.read_csv(folder / "p.csv")
    assert written.columns.tolist() == ["churn"]
    assert written["churn"].tolist() == expected.tolist()


def test_to_stdout_with_probabilities(run, classifier, later, expected):
    code, out, _ = run("predict", "churn.skautogen", "test.csv", "--proba")
    assert code == 0
    written = pd.read_csv(io.StringIO(out))
    assert written["churn"].tolist() == expected.tolist()
    np.testing.assert_allclose(
        written[["probability_no", "probability_yes"]],
        classifier.predict_proba(later[["age", "city"]]),
    )


def test_to_arrays(run, folder, expected):
    run("predict", "churn.skautogen", "test.csv", "-o", "p.npz", "--proba")
    with np.load(folder / "p.npz", allow_pickle=False) as written:
        assert written["churn"].tolist() == expected.tolist()
        assert written["probability_no"].shape == (20,)


def test_to_parquet(run, folder, expected):
    pytest.importorskip("pyarrow")
    run("predict", "churn.skautogen", "test.csv", "-o", "p.parquet")
    assert pd.read_parquet(folder / "p.parquet")["churn"].tolist() == expected.tolist()


def test_labels_of_rows_are_kept(run, folder, later, expected):
    later.set_axis(range(100, 120)).to_csv(folder / "labelled.csv")
    _, out, _ = run("predict", "churn.skautogen", "labelled.csv")
    written = pd.read_csv(io.StringIO(out), index_col=0)
    assert written.index.tolist() == list(range(100, 120))


def test_rows_without_a_target_are_predicted(run, folder, later, expected):
    later.assign(churn=[None] * 20).to_csv(folder / "new.csv", index=False)
    _, out, _ = run("predict", "churn.skautogen", "new.csv")
    assert out.split()[1:] == expected.tolist()


class _Paths:
    """Answers with the length of each path, twice over."""

    def predict(self, X):
        return np.array([[len(each), 2.0 * len(each)] for each in X])


def test_paths_and_several_targets():
    table = tabulate(_Paths(), ["a.png", "bb.png"], proba=False)
    assert table.index.name == "file"
    assert table.index.tolist() == ["a.png", "bb.png"]
    assert table["prediction_1"].tolist() == [10.0, 12.0]


def test_paths_to_arrays(tmp_path):
    table = tabulate(_Paths(), ["a.png", "bb.png"], proba=False)
    write_table(table, tmp_path / "p.npz")
    with np.load(tmp_path / "p.npz", allow_pickle=False) as written:
        assert set(written) == {"file", "prediction_0", "prediction_1"}
        assert written["file"].tolist() == ["a.png", "bb.png"]
        assert written["prediction_1"].tolist() == [10.0, 12.0]


def test_arrays_without_a_target_are_predicted(run, folder, monkeypatch):
    model = SimpleNamespace(predict=lambda X: X.sum(axis=1))
    monkeypatch.setattr(predict, "load_model", lambda path: model)
    np.savez(folder / "new.npz", X=[[1.0], [2.0], [4.0]], y=[0.5, np.nan, np.nan])
    code, out, err = run("predict", "churn.skautogen", "new.npz")
    assert (code, err) == (0, "")
    assert out.split() == ["prediction", "1.0", "2.0", "4.0"]


# What is refused


def test_probabilities_of_numbers(run):
    code, _, err = run("predict", "age.skautogen", "test.csv", "--proba")
    assert code == 2
    assert "--proba: age.skautogen predicts numbers, not classes." in err


def test_a_missing_column(run, folder, later):
    later.drop(columns="city").to_csv(folder / "new.csv", index=False)
    code, _, err = run("predict", "churn.skautogen", "new.csv")
    assert code == 2
    assert "new.csv has no column 'city'. It has: churn, age, name." in err


def test_another_ending(run):
    code, _, err = run("predict", "churn.skautogen", "test.csv", "-o", "p.xlsx")
    assert code == 2
    assert "-o p.xlsx: predictions are written to .csv, .csv.gz," in err


def test_data_are_not_replaced(run):
    code, _, err = run(
        "predict", "churn.skautogen", "test.csv", "-o", "test.csv", "--overwrite"
    )
    assert code == 2
    assert "-o test.csv is a file that is read" in err


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("other.skautogen", "There is no model 'other.skautogen'."),
        ("train.csv", "train.csv is not a file of an estimator's save."),
        (".", ". is a folder, and no model that fit has saved."),
    ],
)
def test_no_model(run, model, message):
    code, _, err = run("predict", model, "test.csv")
    assert code == 2
    assert err.count("\n") <= 2
    assert message in err
