"""Recordings in .wav files: which X names them, and how they are read."""

from __future__ import annotations

import math
import os
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.io import wavfile
from scipy.signal import resample_poly

from ._column import is_path, rows_of_column
from ._spectrogram import to_full_scale

# Rows that are looked at to tell what X holds.
_N_LOOKED_AT = 100


def name_wav_files(X: Any) -> bool:
    """Whether X looks like a column of paths of .wav files, by its first rows.

    Parameters
    ----------
    X : object

    Returns
    -------
    name_wav_files : bool
    """
    rows = rows_of_column(X)
    some = rows[:_N_LOOKED_AT] if rows else []
    return bool(some) and all(is_path(each) and _is_wav(each) for each in some)


def _is_wav(path: Any) -> bool:
    return Path(path).suffix.lower() == ".wav"


def read_wav_files(
    paths: Sequence[Any], sampling_rate: int | None
) -> tuple[list[np.ndarray], int]:
    """Read files, and bring what they hold to one rate and one channel.

    Parameters
    ----------
    paths : sequence of str or path-like
    sampling_rate : int or None
        What to bring them to; ``None`` for the rate that most of them have, and of
        equally many the highest.

    Returns
    -------
    recordings : list of ndarray of one axis
        Integers as they are in the file; float32 where channels were averaged, or
        another rate was brought to this one.
    sampling_rate : int

    Raises
    ------
    TypeError
        If something is no path.
    FileNotFoundError
        If there is no such file; the message names row and path.
    ValueError
        If a file is no .wav file that can be read, or holds no samples.
    """
    read = [_read(row, path) for row, path in enumerate(paths)]
    if sampling_rate is None:
        counts = Counter(rate for rate, _ in read)
        sampling_rate = max(counts, key=lambda rate: (counts[rate], rate))
    return [_resample(*each, sampling_rate) for each in read], sampling_rate


def _read(row: int, path: Any) -> tuple[int, np.ndarray]:
    """Rate and samples of a file."""
    if not is_path(path):
        raise TypeError(
            f"Row {row} of X is {path!r} of type {type(path).__name__}, and other rows "
            "are paths. Paths of .wav files are str or pathlib.Path."
        )
    where = f"Row {row} of X, the file {os.fspath(path)!r},"
    if not _is_wav(path):
        raise ValueError(
            f"{where} is no .wav file. Convert it to one, or decode it yourself and "
            'pass the samples as arrays with input_kind="audio".'
        )
    try:
        with warnings.catch_warnings():
            # Chunks that are no sound, such as a title, are none of our business.
            warnings.simplefilter("ignore", wavfile.WavFileWarning)
            rate, samples = wavfile.read(path)
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"Row {row} of X: there is no file {os.fspath(path)!r} (looked for from "
            f"{os.getcwd()!r})."
        ) from error
    except Exception as error:  # struct.error and others, of what is no RIFF inside
        raise ValueError(
            f"{where} cannot be read: {error}. Accepted are .wav files of PCM integers "
            "or floats, not compressed."
        ) from error
    if not len(samples):
        raise ValueError(f"{where} holds no samples. Leave this row out.")
    if samples.ndim == 2:
        samples = to_full_scale(samples).mean(axis=1)
    return rate, samples


def _resample(rate: int, samples: np.ndarray, wanted: int) -> np.ndarray:
    """Samples of one rate as those of another."""
    if rate == wanted:
        return samples
    common = math.gcd(rate, wanted)
    scaled = to_full_scale(samples)
    resampled: np.ndarray = resample_poly(scaled, wanted // common, rate // common)
    return resampled
