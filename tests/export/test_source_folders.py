"""Generated files read the files of a folder that ``read_data`` reads."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from scipy.io import wavfile

from skautogen.data import read_data
from skautogen.export.source.parts import label_files, load_images, load_sounds


@pytest.fixture
def write(tmp_path):
    def write(name, value):
        path = tmp_path / "pets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".wav":
            wavfile.write(path, 8000, np.full(4, value, "int16"))
        else:
            Image.new("L", (2, 2), value).save(path)
        return str(tmp_path / "pets")

    return write


@pytest.mark.parametrize(
    ("part", "ending", "settings"),
    [
        (load_images, "png", {"SHAPE": (2, 2, 1)}),
        (load_sounds, "wav", {"SAMPLING_RATE": 8000, "N_SAMPLES": 4}),
    ],
)
def test_classes_are_the_folders_at_the_top(write, monkeypatch, part, ending, settings):
    monkeypatch.setattr(label_files, "CLASSES", ["cat", "dog"])
    for name, value in settings.items():
        monkeypatch.setattr(part, name, value)
    names = ("cat/a", "cat/deep/dog/b", "dog/c")
    for value, name in enumerate(names):
        folder = write(f"{name}.{ending}", value)
    write(f"dog/d.{ending.upper()}", 3)
    write(f"cat/._a.{ending}", 9)
    write(f".cache/e.{ending}", 9)
    files, X = part.load_features(folder)
    expected, y = read_data(folder)
    assert [str(each) for each in files] == expected
    _, labels = part.load_data(folder)
    assert labels.tolist() == y.tolist() == ["cat", "cat", "dog", "dog"]
    assert len(X) == 4
