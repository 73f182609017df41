"""Functions of generated files."""

import math
from pathlib import Path

import numpy as np
from scipy.io import wavfile
from scipy.signal import resample_poly

from .find_files import find_files
from .full_scale import to_full_scale
from .label_files import label_files
from .load_array import load_array
from .settings import N_SAMPLES, SAMPLING_RATE
from .take_known_rows import take_known


def read_recording(path: Path) -> np.ndarray:
    """Read a .wav file: the mean of its channels, at SAMPLING_RATE, of N_SAMPLES."""
    rate, samples = wavfile.read(path)
    samples = to_full_scale(samples)
    if samples.ndim == 2:
        samples = samples.mean(axis=1)
    if rate != SAMPLING_RATE:
        common = math.gcd(rate, SAMPLING_RATE)
        samples = resample_poly(samples, SAMPLING_RATE // common, rate // common)
    return np.pad(samples[:N_SAMPLES], (0, max(0, N_SAMPLES - len(samples))))


def load_features(path: str) -> tuple[list, np.ndarray]:
    """Read recordings, each with a name: .wav files of a folder, or X of an .npz."""
    if path.endswith(".npz"):
        X = load_array(path, "X")
        return list(range(len(X))), X
    files = find_files(path, {".wav"})
    return files, np.stack([read_recording(file) for file in files])


def load_data(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Read recordings and labels: a folder for each class, or X and y of an .npz."""
    names, X = load_features(path)
    if path.endswith(".npz"):
        return take_known(X, load_array(path, "y"))
    return X, label_files(names, path)
