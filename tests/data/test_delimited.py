"""CSV and TSV files as tables."""

import gzip

import pandas as pd
import pytest

from skautogen.data import read_data

PETS = "weight,legs,pet\n4.5,4,cat\n,2,bird\n30,4,dog\n"


@pytest.fixture
def write(tmp_path):
    def write(text, name="pets.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def _is_pets(X, y):
    assert X.columns.tolist() == ["weight", "legs"]
    assert X["legs"].tolist() == [4, 2, 4]
    assert X["weight"].isna().tolist() == [False, True, False]
    assert y.tolist() == ["cat", "bird", "dog"]
    assert y.name == "pet"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found(write, separator):
    _is_pets(*read_data(write(PETS.replace(",", separator)), "pet"))


def test_a_tsv_file_may_have_commas_in_its_header(write):
    X, _ = read_data(write("a, b, c\td\n1\t2\n", "a.tsv"), "d")
    assert X.columns.tolist() == ["a, b, c"]


def test_gzipped(write):
    _is_pets(*read_data(write(gzip.compress(PETS.encode()), "pets.CSV.GZ"), "pet"))


def test_a_byte_order_mark_is_no_part_of_a_name(write):
    _is_pets(*read_data(write("\ufeff" + PETS), "pet"))


def test_without_a_target_all_columns_are_X(write):
    X, y = read_data(write(PETS))
    assert X.shape == (3, 3)
    assert y is None


def test_a_column_of_text_stays_text(write):
    X, y = read_data(write('text,label\n"Win, now!",spam\nhello,ham\n'), "label")
    assert X["text"].tolist() == ["Win, now!", "hello"]
    assert y.tolist() == ["spam", "ham"]


def test_numbers_of_rows_that_pandas_wrote_are_the_index(write):
    frame = pd.DataFrame({"a": [1, 2], "b": [3, 4]}, index=[7, 9])
    X, y = read_data(write(frame.to_csv()), "b")
    assert X.columns.tolist() == ["a"]
    assert X.index.tolist() == y.index.tolist() == [7, 9]


def test_separators_at_the_end_of_rows_are_no_column(write):
    X, y = read_data(write("a,b\n1,2,\n3,4,\n"), "b")
    assert X["a"].tolist() == [1, 3]
    assert y.tolist() == [2, 4]


def test_rows_without_a_target_are_left_out(write):
    path = write("a,b\n1,10\n2,\n3,30\n4,NA\n")
    with pytest.warns(
        UserWarning, match=r"2 of 4 values of the column 'b' .*, the first in row 2"
    ):
        X, y = read_data(path, "b")
    assert X["a"].tolist() == [1, 3]
    # Whole numbers, as they are in the file.
    assert y.tolist() == [10, 30]
    assert y.dtype.kind == "i"


def test_all_targets_missing(write):
    with pytest.raises(ValueError, match=r"All 2 values of the column 'b' of .*pets"):
        read_data(write("a,b\n1,\n2,\n"), "b")


# What is refused


def test_a_row_of_other_length(write):
    with pytest.raises(ValueError, match=r"pets\.csv .* Expected 2 fields in line 3"):
        read_data(write("a,b\n1,2\n1,2,3\n"), "b")


def test_rows_longer_than_the_header(write):
    # pandas would shift all values by a column.
    with pytest.raises(ValueError, match=r"pets\.csv: the rows have more values than"):
        read_data(write("a,b\n1,2,3\n3,4,5\n"), "b")


def test_another_encoding(write):
    text = "a,b\n1,x\n2,Zürich\n".encode("latin-1")
    with pytest.raises(ValueError, match=r"pets\.csv, line 3: .* not UTF-8"):
        read_data(write(text), "b")


def test_an_empty_file(write):
    with pytest.raises(ValueError, match=r"pets\.csv is empty"):
        read_data(write(""), "b")


def test_a_header_alone(write):
    with pytest.raises(ValueError, match=r"pets\.csv has a header and no rows"):
        read_data(write("a,b\n"), "b")


def test_a_truncated_gzip_file(write):
    content = gzip.compress(PETS.encode() * 100)[:-20]
    with pytest.raises(ValueError, match=r"pets\.csv\.gz is damaged"):
        read_data(write(content, "pets.csv.gz"), "pet")


def test_a_gzip_file_of_other_bytes(write):
    content = bytearray(gzip.compress(PETS.encode() * 100))
    content[20:40] = b"\xff" * 20
    with pytest.raises(ValueError, match=r"pets\.csv\.gz is damaged"):
        read_data(write(bytes(content), "pets.csv.gz"), "pet")


def test_no_gzip_file(write):
    with pytest.raises(ValueError, match=r"pets\.csv\.gz is damaged"):
        read_data(write(PETS, "pets.csv.gz"), "pet")


def test_a_misspelt_target(write):
    with pytest.raises(
        ValueError,
        match=r"pets\.csv has no column 'Pet'. Did you mean 'pet'\? .* weight, legs",
    ):
        read_data(write(PETS), "Pet")


def test_many_columns_are_not_all_listed(write):
    names = [f"x{i}" for i in range(100)] + ["label"]
    text = ",".join(names) + "\n" + ",".join("1" * len(names))
    with pytest.raises(ValueError, match=r"x0, x1, .*, x16, \.\.\., x98, x99, label\."):
        read_data(write(text), "class")


def test_nothing_beside_the_target(write):
    with pytest.raises(ValueError, match=r"no column beside the target 'b'"):
        read_data(write("b\n1\n"), "b")
