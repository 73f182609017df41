"""The forms of data that the facade takes, and columns in another order."""

from types import SimpleNamespace

import pandas as pd
import polars as pl
import pytest

from skautogen.data import align_columns, take_data


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
def test_a_frame(library):
    frame = library.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    X, y = take_data(frame, "b")
    assert list(X.columns) == ["a"]
    assert list(y) == ["x", "y"]


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
def test_missing_targets_of_a_frame(library):
    frame = library.DataFrame({"a": [1, 2, 3], "b": ["x", None, "y"]})
    with pytest.warns(UserWarning, match=r"1 of 3 .* 'b' of the DataFrame") as told:
        X, y = take_data(frame, "b")
    assert told[0].filename == __file__
    assert list(X["a"]) == [1, 3]
    assert list(y) == ["x", "y"]


def test_a_pair_is_taken_as_it_is():
    X, y = object(), object()
    assert take_data((X, y)) == (X, y)


def test_a_file(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert take_data(tmp_path / "a.csv", "b").y.tolist() == [2]


def test_a_table_needs_the_name_of_its_target(tmp_path):
    with pytest.raises(ValueError, match=r"Which column of the DataFrame .* a, b"):
        take_data(pd.DataFrame({"a": [1], "b": [2]}))


def test_something_else():
    with pytest.raises(TypeError, match=r"data is of type list. Accepted: a tuple"):
        take_data([1, 2])


def test_columns_in_another_order():
    model = SimpleNamespace(feature_names_in_=["a", "b"], target_name_="y")
    frame = pd.DataFrame({"y": [0], "b": [2], "extra": [3], "a": [1]})
    assert align_columns(model, frame, "x.csv").columns.tolist() == ["a", "b"]


def test_the_target_of_a_single_column_of_text():
    model = SimpleNamespace(target_name_="label")
    frame = pd.DataFrame({"label": ["ham"], "text": ["hello"]})
    assert align_columns(model, frame, "x.csv").columns.tolist() == ["text"]


def test_a_missing_column():
    model = SimpleNamespace(feature_names_in_=["age", "b"], target_name_=None)
    frame = pd.DataFrame({"ages": [0], "b": [2]})
    with pytest.raises(ValueError, match=r"x\.csv has no column 'age'.*'ages'\?"):
        align_columns(model, frame, "x.csv")
