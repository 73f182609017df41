"""Folders of images and of wav files as paths and classes."""

from pathlib import Path

import pytest

from skautogen.data import read_data
from skautogen.inputs import detect_kind


@pytest.fixture
def make(tmp_path):
    def make(*names):
        for name in names:
            path = tmp_path / "pets" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path / "pets"

    return make


def _names(X, folder):
    return [Path(each).relative_to(folder).as_posix() for each in X]


def test_images_by_class(make):
    folder = make("dog/b.JPG", "cat/a.png", "cat/deep/c.png", "cat/notes.txt")
    X, y = read_data(folder)
    assert _names(X, folder) == ["cat/a.png", "cat/deep/c.png", "dog/b.JPG"]
    assert y.tolist() == ["cat", "cat", "dog"]
    assert detect_kind(X).name == "image"


def test_wav_files_by_class(make):
    folder = make("yes/a.wav", "no/b.WAV")
    X, y = read_data(folder)
    assert y.tolist() == ["no", "yes"]
    assert detect_kind(X).name == "audio"


def test_files_without_classes(make):
    folder = make("b.png", "a.png", "notes.txt")
    X, y = read_data(folder)
    assert _names(X, folder) == ["a.png", "b.png"]
    assert y is None


def test_hidden_files_are_not_read(make):
    folder = make("cat/a.png", "cat/._a.png", ".cache/b.png")
    assert _names(read_data(folder)[0], folder) == ["cat/a.png"]


# What is refused


def test_files_beside_classes(make):
    with pytest.raises(ValueError, match=r"1 files in no folder of a class.*'b\.png'"):
        read_data(make("cat/a.png", "b.png"))


def test_a_target(make):
    with pytest.raises(ValueError, match=r"target='pet': .* Leave target away"):
        read_data(make("cat/a.png"), "pet")


def test_a_folder_of_something_else(make):
    with pytest.raises(ValueError, match=r"The folder .*pets' is of no format .*CSV"):
        read_data(make("a.mp3"))


def test_no_such_file():
    with pytest.raises(FileNotFoundError, match=r"no file or folder 'nowhere\.csv'"):
        read_data("nowhere.csv")


def test_another_ending(make):
    with pytest.raises(ValueError, match=r"The file .*a\.xlsx' is of no format.*\.npz"):
        read_data(make("a.xlsx") / "a.xlsx")
