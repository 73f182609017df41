"""Which kind of input X is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.base import BaseEstimator

from skautogen.architectures import ARCHITECTURES
from skautogen.architectures._registry import AUTO
from skautogen.inputs import INPUT_KINDS, TablePreparer, detect_kind
from skautogen.inputs._column import rows_of_column


@pytest.mark.parametrize(
    "X",
    [np.zeros((4, 2)), [[1, 2], [3, 4]], pd.DataFrame({"a": [1, 2]})],
    ids=["array", "list", "frame"],
)
@pytest.mark.parametrize("input_kind", ["auto", "table"])
def test_two_axes_are_a_table(X, input_kind):
    assert detect_kind(X, input_kind).name == "table"


def test_kinds_are_registered_under_their_names():
    assert all(kind.name == name for name, kind in INPUT_KINDS.items())


@pytest.mark.parametrize("kind", INPUT_KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_architectures_of_its_own(kind):
    for name in AUTO[kind.name]:
        assert ARCHITECTURES[name].input_kind == kind.name


@pytest.mark.parametrize("shape", [(5, 8, 8), (5, 8, 8, 3)])
def test_a_table_of_more_axes_is_refused_with_the_way_out(shape):
    match = r"X has \d axes, shape=.*'table'.*reshape\(len\(X\), -1\).*see input_kind"
    with pytest.raises(ValueError, match=match):
        TablePreparer().fit(np.zeros(shape))


def test_unknown_kind_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match=r"'tabel'\. Accepted: .*mean 'table'\?"):
        detect_kind(np.zeros((4, 2)), "tabel")


@pytest.mark.parametrize("X", [np.zeros(3), np.zeros((0, 2))], ids=["1-D", "empty"])
def test_what_is_wrong_within_a_table_is_left_to_its_transformer(X):
    assert detect_kind(X).name == "table"


NAMES = ["a", "b"]
COLUMNS = {
    "list": NAMES,
    "tuple": tuple(NAMES),
    "array": np.array(NAMES),
    "objects": np.array(NAMES, dtype=object),
    "array of one column": np.array(NAMES)[:, None],
    "series": pd.Series(NAMES, index=[7, 9]),
    "frame": pd.DataFrame({"a": NAMES}),
    "polars series": pl.Series(NAMES),
    "polars frame": pl.DataFrame({"a": NAMES}),
}
READING_COLUMNS = ("audio", "image", "text")


@pytest.mark.parametrize("X", COLUMNS.values(), ids=COLUMNS)
def test_whatever_holds_a_column_it_is_read_as_its_rows(X):
    assert rows_of_column(X) == NAMES
    texts = INPUT_KINDS["text"].check(BaseEstimator(), X, reset=True)
    assert texts.tolist() == NAMES


@pytest.mark.parametrize(
    "X", [np.zeros(3), np.zeros((3, 1)), np.array([["a", "b"]]), 3, None]
)
def test_what_is_no_column_has_no_rows(X):
    assert rows_of_column(X) is None


@pytest.mark.parametrize("X", ["one.wav", "one.png", Path("one.png"), b"one"])
@pytest.mark.parametrize("kind", READING_COLUMNS)
def test_a_single_path_is_refused_with_the_way_out(kind, X):
    estimator = BaseEstimator()
    estimator.sample_shape_, estimator.sampling_rate_ = (8, 8, 1), 8_000
    match = r"X is a single .*one.*no collection of texts or paths.* list.*\[X\]"
    with pytest.raises(TypeError, match=match):
        INPUT_KINDS[kind].check(estimator, X, reset=False)
    with pytest.raises(TypeError, match=match):
        detect_kind(X)


NOT_READ = {
    "recordings": (["a.mp3", "songs/b.FLAC"], r"\.flac, \.mp3, such as 'a\.mp3'"),
    "films": ([Path("a.mp4"), Path("b.mp4")], r"\.mp4, such as"),
    "two kinds": (["a.png", "b.wav"], r"\.png, \.wav, such as"),
    "some not read": (["a.wav", "b.ogg"], r"\.ogg, \.wav, such as"),
    "one missing": ([None, "a.mp3", np.nan], r"\.mp3, such as"),
    "series": (pd.Series(["a.heic", "b.heic"]), r"\.heic, such as"),
    "frame": (pd.DataFrame({"a": ["a.pdf", "b.pdf"]}), r"\.pdf, such as"),
}


@pytest.mark.parametrize(("X", "match"), NOT_READ.values(), ids=NOT_READ)
def test_names_of_files_that_nobody_reads_are_no_texts(X, match):
    match = rf"end in {match}.*\.png.*\(images\) or \.wav .*input_kind=\"text\""
    with pytest.raises(ValueError, match=match):
        detect_kind(X)
    assert detect_kind(X, "text").name == "text"


@pytest.mark.parametrize(
    "X", [["a.mp3", "a song"], ["version 2.0", "3.1"], [".mp3", "mp3"], ["it.", "..."]]
)
def test_texts_that_are_not_all_names_of_files_are_texts(X):
    assert detect_kind(X).name == "text"
