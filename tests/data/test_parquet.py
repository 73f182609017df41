"""Parquet files as tables."""

import pandas as pd
import pytest

from skautogen.data import read_data


def test_a_table(tmp_path):
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"a": [1.5, None], "b": ["x", "y"]})
    frame.to_parquet(tmp_path / "a.parquet")
    X, y = read_data(tmp_path / "a.parquet", "b")
    pd.testing.assert_frame_equal(X, frame[["a"]])
    assert y.tolist() == ["x", "y"]


def test_a_damaged_file(tmp_path):
    pytest.importorskip("pyarrow")
    (tmp_path / "a.parquet").write_text("something else")
    with pytest.raises(ValueError, match=r"a\.parquet cannot be read as Parquet"):
        read_data(tmp_path / "a.parquet", "b")


def test_without_the_extra(tmp_path, monkeypatch):
    monkeypatch.setattr("skautogen.data.parquet.find_spec", lambda name: None)
    (tmp_path / "a.parquet").touch()
    with pytest.raises(
        ImportError, match=r"a\.parquet .* pyarrow: pip install .skautogen\[parquet\]"
    ):
        read_data(tmp_path / "a.parquet", "b")
