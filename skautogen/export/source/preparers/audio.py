"""The preparation of sounds as source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._fragment import Fragment
from .._task import Task
from ._files_or_arrays import of_files_or_arrays
from ._source import PreparationSource

_LOAD_ARRAYS = '''\
def load_features(path: str) -> np.ndarray:
    """Read the recordings of an .npz file."""
    return load_array(path, "X")


def load_data(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Read recordings, and the numbers to predict for them."""
    return take_known(load_features(path), load_array(path, "y").astype(float))'''

_MAKE = '''\
def make_preprocessing() -> SpectrogramPreprocessor:
    """Make the preprocessing, which is fitted on training recordings."""
    return SpectrogramPreprocessor()'''


def audio_source(
    prepare: Any, select: Any, task: Task, also: Sequence[Any] = ()
) -> PreparationSource:
    """Write an ``AudioPreparer``; how spectrograms are made is in constants.

    Parameters
    ----------
    prepare : AudioPreparer
    select : KeepAll
    task : Task
    also : sequence of transformer, default=()

    Returns
    -------
    source : PreparationSource
    """
    found = prepare.settings_
    parts: tuple[str, ...] = ("spectrogram_preprocessor", "load_sounds")
    load = Fragment("")
    if not task.is_classifier:
        parts = ("spectrogram_preprocessor", "take_known_rows", "load_array")
        load = Fragment.of(_LOAD_ARRAYS, "import numpy as np")
    return PreparationSource(
        command=of_files_or_arrays(task, "sounds"),
        inputs="np.ndarray",
        parts=parts,
        load=load,
        input_shape="(N_FRAMES, N_MELS)",
        definitions=Fragment.of(_MAKE),
        settings={
            "SAMPLING_RATE": found.sampling_rate,
            "N_SAMPLES": found.n_samples,
            "WINDOW": found.window,
            "HOP": found.hop,
            "N_FFT": found.n_fft,
            "N_AVERAGED": found.n_averaged,
            "N_FRAMES": found.shape[0],
            "N_MELS": found.n_mels,
        },
        learned={"mean_": prepare.mean_, "deviation_": prepare.deviation_},
    )
