"""NPZ files as arrays."""

import numpy as np
import pytest

from skautogen.data import read_data, read_features

X = np.arange(12.0).reshape(4, 3)
y = np.array([0, 1, 0, 1])


@pytest.fixture
def write(tmp_path):
    def write(**arrays):
        np.savez(tmp_path / "a.npz", **arrays)
        return tmp_path / "a.npz"

    return write


@pytest.mark.parametrize(("of_X", "of_y"), [("X", "y"), ("x", "y"), ("X", "Y")])
@pytest.mark.parametrize("part", ["train", "test"])
def test_X_and_y(write, of_X, of_y, part):
    found = read_data(write(**{of_X: X, of_y: y}), part=part)
    np.testing.assert_array_equal(found[0], X)
    np.testing.assert_array_equal(found[1], y)


def test_parts(write):
    path = write(x_train=X, y_train=y, x_test=X[:2] + 1, y_test=y[:2])
    assert [len(each) for each in read_data(path)] == [4, 4]
    found = read_data(path, part="test")
    np.testing.assert_array_equal(found[0], X[:2] + 1)
    np.testing.assert_array_equal(found[1], y[:2])


def test_the_target_by_name(write):
    _, found = read_data(write(X=X, price=y * 2.0), "price")
    assert found.tolist() == [0.0, 2.0, 0.0, 2.0]


def test_no_target(write):
    assert read_data(write(X=X))[1] is None


def test_rows_without_a_target_are_left_out(write):
    with pytest.warns(UserWarning, match=r"1 of 4 values of 'y' .* row 3"):
        found = read_data(write(X=X, y=[0.5, 1.5, np.nan, 2]))
    np.testing.assert_array_equal(found[0], X[[0, 1, 3]])
    assert found[1].tolist() == [0.5, 1.5, 2]


def test_features_are_those_of_all_rows(write):
    path = write(X=X, y=[0.5, 1.5, np.nan, 2])
    np.testing.assert_array_equal(read_features(path), X)


# What is refused


def test_objects(write):
    with pytest.raises(ValueError, match=r"a\.npz: the array 'y' holds Python objects"):
        read_data(write(X=X, y=np.array(["a", None, "b", 3], dtype=object)))


def test_other_names(write):
    with pytest.raises(ValueError, match=r"no array 'X' or 'x_test'. It has: x_train"):
        read_data(write(x_train=X), part="test")


def test_a_target_that_is_not_there(write):
    with pytest.raises(ValueError, match=r"no array 'price'. It has: X, y"):
        read_data(write(X=X, y=y), "price")


def test_other_lengths(write):
    with pytest.raises(ValueError, match=r"'X' has 4 rows, and 'y' 3"):
        read_data(write(X=X, y=y[:3]))


def test_a_single_value(write):
    with pytest.raises(ValueError, match=r"'X' is a single value"):
        read_data(write(X=3, y=y))


def test_no_npz_file(tmp_path):
    path = tmp_path / "a.npz"
    path.write_text("something else")
    with pytest.raises(ValueError, match=r"a\.npz cannot be read as \.npz"):
        read_data(path)


def test_an_empty_file(tmp_path):
    path = tmp_path / "a.npz"
    path.touch()
    with pytest.raises(ValueError, match=r"a\.npz cannot be read as \.npz"):
        read_data(path)


def test_a_damaged_array(tmp_path):
    path = tmp_path / "a.npz"
    np.savez_compressed(path, X=np.random.default_rng(0).normal(size=999))
    content = bytearray(path.read_bytes())
    content[60:] = content[60:].replace(content[60:80], b"\xff" * 20)
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"a\.npz: the array 'X' is damaged"):
        read_data(path)


def test_a_single_array(tmp_path):
    np.save(tmp_path / "a.npy", X)
    (tmp_path / "a.npy").rename(tmp_path / "a.npz")
    with pytest.raises(ValueError, match="holds one array without a name"):
        read_data(tmp_path / "a.npz")
