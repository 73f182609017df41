"""Audio: recordings as arrays or .wav files, prepared as log-mel spectrograms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from ._column import is_path, rows_of_column
from ._kind import InputKind
from ._spectrogram import SpectrogramSettings, make_spectrograms
from ._wav_files import name_wav_files, read_wav_files
from ._weights import check_not_all_zero

# Samples a second of arrays, where nobody says.
USUAL_SAMPLING_RATE = 16_000
# A recording of more than so many times the usual length is cut: to stretch the frames
# of all for one would be worse.
_MOST_TIMES_USUAL, _USUAL_QUANTILE = 2.0, 0.95
# Rows that the scale is learnt by: more would not change it.
_ROWS_TO_LEARN_BY = 512


def check_audio(estimator: Any, X: Any, *, reset: bool) -> np.ndarray:
    """Refuse an X that is no audio, and read it if it names files.

    Parameters
    ----------
    estimator : estimator
        With the parameter ``sampling_rate``; learns ``sampling_rate_`` and
        ``sample_shape_``, a tuple of the samples of the longest recording.
    X : array-like
        (n_samples, length) numbers; a list of n_samples arrays of one axis, which may
        differ in length; or paths of .wav files, as a list, an array, a series, or a
        DataFrame of one column.
    reset : bool
        Whether to learn (in ``fit``), or to bring files to the rate learnt
        (afterwards).

    Returns
    -------
    X : ndarray of shape (n_samples, length), or (n_samples,) of ndarrays
        The latter where recordings differ in length or in dtype.

    Raises
    ------
    ValueError
        If X is empty, has the wrong number of axes, or a row of it is empty, holds what
        is not a finite number, or is a file that cannot be read.
    TypeError
        If X is a single path, or only some rows are paths.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> from sklearn.base import BaseEstimator
    >>> from skautogen.inputs.audio import AudioPreparer, check_audio
    >>> preparer = AudioPreparer(sampling_rate=8_000)
    >>> check_audio(preparer, [[0.5, 0.0], [0.1]], reset=True).shape
    (2,)
    >>> preparer.sample_shape_, preparer.sampling_rate_
    ((2,), 8000)
    """
    sampling_rate = estimator.sampling_rate if reset else estimator.sampling_rate_
    rows = rows_of_column(X)
    if rows and any(map(is_path, rows)):
        read, sampling_rate = read_wav_files(rows, sampling_rate)
        recordings = _as_array(read)
    elif rows is not None:
        recordings = _as_array([_read_row(*each) for each in enumerate(rows)])
    else:
        recordings = _check_axes(np.asarray(X))
    _check_samples(recordings)
    if reset:
        estimator.sampling_rate_ = sampling_rate or USUAL_SAMPLING_RATE
        estimator.sample_shape_ = (max(map(len, recordings)),)
    return recordings


def _read_row(number: int, row: Any) -> np.ndarray:
    """A recording of a list of them."""
    samples = np.asarray(row)
    if samples.ndim == 1:
        return samples
    raise ValueError(
        f"Row {number} of X has {samples.ndim} axes, shape={samples.shape}, and a "
        "recording has one: (length,). A single recording is passed as [recording]; "
        "of several channels, pass the mean."
    )


def _check_axes(X: np.ndarray) -> np.ndarray:
    """Refuse an array that is not one of recordings."""
    if X.ndim == 2:
        return X
    raise ValueError(
        f"X has {X.ndim} axes, shape={X.shape}, and audio has two: (n_samples, "
        "length). Pass a single recording as X.reshape(1, -1), and of several channels "
        "the mean, such as X.mean(axis=-1)."
    )


def _as_array(recordings: Sequence[np.ndarray]) -> np.ndarray:
    """An array whose rows are the recordings: of two axes where they are alike."""
    alike = len({(len(each), each.dtype) for each in recordings}) == 1
    if alike:
        return np.stack(recordings)
    array = np.empty(len(recordings), dtype=object)
    for number, each in enumerate(recordings):
        array[number] = each
    return array


def _check_samples(recordings: np.ndarray) -> None:
    """Refuse recordings that are empty or hold anything but finite numbers."""
    if not len(recordings):
        raise ValueError("X has no rows: found array with 0 sample(s). Pass some.")
    for number, samples in enumerate(recordings):
        if not len(samples):
            raise ValueError(
                f"Row {number} of X is an empty recording. Leave this row out."
            )
        if samples.dtype.kind not in "iuf":
            raise ValueError(
                f"Row {number} of X is of dtype {samples.dtype}; the samples of a "
                "recording are integers or floats. Files are named by paths that end "
                "in .wav."
            )
        # Integers are finite by themselves.
        if samples.dtype.kind == "f" and not np.isfinite(samples).all():
            place = int(np.flatnonzero(~np.isfinite(samples))[0])
            raise ValueError(
                f"Row {number} of X contains NaN or infinity: sample {place} is "
                f"{samples[place]}. Replace such samples, for example by 0, or leave "
                "the row out."
            )


class AudioPreparer(TransformerMixin, BaseEstimator):
    """Prepare recordings for a network, as log-mel spectrograms of one scale.

    The first step of every pipeline for audio. A spectrogram tells how loud each of up
    to 64 bands of pitch is in each of up to 96 frames of time; frames become longer
    with the recordings, so that hours of audio fit into memory. Frames begin as 25 ms
    every 10 ms.

    Recordings that are shorter than the longest of the training data end in silence.
    Those that are longer are cut at their end, also in training, if they are more than
    twice as long as 95 % of the recordings.

    How loud a recording is as a whole stays in its spectrogram, as a constant that is
    added to all of it; architectures choose whether they take that out.

    Parameters
    ----------
    sampling_rate : int, default=None
        Samples a second. Arrays are taken to have it, and files are brought to it.
        ``None`` is 16,000 for arrays, and for files what most of them have.

    Attributes
    ----------
    sampling_rate_ : int
    sample_shape_ : tuple of int
        The length of the longest recording that ``fit`` saw.
    settings_ : SpectrogramSettings
        How spectrograms are made.
    mean_ : ndarray of shape (n_mels,)
        Mean decibels of each band over the training recordings.
    deviation_ : float
        Standard deviation from these, of all bands together: with one for each, a
        recording's loudness would no longer be a constant.

    Notes
    -----
    A row is transformed alone as it is among others. Rows of weight 0 are as if
    removed; other weights do not change the scale. Mean and deviation are learnt by up
    to 512 rows, evenly spaced.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs import AudioPreparer
    >>> time = np.arange(4_000) / 8_000
    >>> X = np.stack([np.sin(2 * np.pi * pitch * time) for pitch in (200, 400, 800)])
    >>> AudioPreparer(sampling_rate=8_000).fit(X).transform(X).shape
    (3, 49, 40)
    """

    def __init__(self, sampling_rate: int | None = None) -> None:
        self.sampling_rate = sampling_rate

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn how long recordings are, and the scale of their spectrograms.

        Parameters
        ----------
        X : array-like
            As :func:`check_audio` takes it.
        y : None
            Not used.
        sample_weight : array-like of shape (n_samples,), default=None
            Rows of weight 0 are left out.

        Returns
        -------
        self : AudioPreparer

        Raises
        ------
        ValueError, TypeError, FileNotFoundError
            As :func:`check_audio`.
        """
        recordings = check_audio(self, X, reset=True)
        if sample_weight is not None:
            check_not_all_zero(np.asarray(sample_weight))
            recordings = recordings[np.asarray(sample_weight) > 0]
        self.settings_ = SpectrogramSettings.suited_to(
            self.sampling_rate_, _usual_length(recordings)
        )
        step = -(-len(recordings) // _ROWS_TO_LEARN_BY)
        decibels = make_spectrograms(recordings[::step], self.settings_)
        self.mean_ = decibels.mean(axis=(0, 1), dtype=np.float64).astype(np.float32)
        # At least a decibel: recordings of nothing but silence are no reason to divide
        # by zero.
        self.deviation_ = max(float((decibels - self.mean_).std()), 1.0)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Make spectrograms of recordings.

        Parameters
        ----------
        X : array-like
            As :func:`check_audio` takes it. Arrays have the sampling rate of those, or
            of the files, that ``fit`` saw.

        Returns
        -------
        spectrograms : ndarray of shape (n_samples, n_frames, n_mels), float32
            Decibels, brought to a mean of 0 and a deviation of 1 over the training
            recordings.

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError, TypeError, FileNotFoundError
            As :func:`check_audio`.
        """
        check_is_fitted(self)
        recordings = check_audio(self, X, reset=False)
        spectrograms = make_spectrograms(recordings, self.settings_)
        spectrograms -= self.mean_
        spectrograms /= self.deviation_
        return spectrograms

    def meta(self, support: np.ndarray | None = None) -> dict[str, Any]:
        """How spectrograms are made, for builders and for whoever makes them again.

        Parameters
        ----------
        support : None
            There are no columns to select.

        Returns
        -------
        meta : dict
            The attributes of ``settings_``, each with an underscore at its end.
        """
        return {f"{name}_": value for name, value in asdict(self.settings_).items()}

    def set_output(self, *, transform: Any = None) -> Self:
        """Do nothing: spectrograms have three axes, and are arrays always."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "settings_")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def _usual_length(recordings: np.ndarray) -> int:
    """The length of the longest recording that is not out of all proportion."""
    lengths = [len(each) for each in recordings]
    usual = np.quantile(lengths, _USUAL_QUANTILE)
    return min(max(lengths), int(_MOST_TIMES_USUAL * usual))


AUDIO = InputKind(
    name="audio",
    recognises=name_wav_files,
    check=check_audio,
    make_preparer=lambda estimator: AudioPreparer(
        sampling_rate=estimator.sampling_rate_
    ),
    learns=("sampling_rate_", "sample_shape_"),
)
