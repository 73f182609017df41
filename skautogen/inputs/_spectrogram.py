"""Recordings as log-mel spectrograms: how loud which pitch is when, as the ear has it.

Letters of the shapes: n recordings, s samples, t short frames, f frames that are kept,
b frequencies of the Fourier transform, m mels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.fft import next_fast_len, rfft
from scipy.signal import get_window

# The short frames of speech recognition: long enough to tell pitches apart, short
# enough for a sound to stand still.
_HOP_SECONDS, _HOPS_A_WINDOW = 0.010, 2.5
# Frames of a spectrogram. Shorter recordings get shorter frames, so that there are
# some; of longer ones, neighbouring frames are averaged, and then become longer too.
_FEWEST_FRAMES, _MOST_FRAMES, _MOST_AVERAGED = 32, 96, 4
_SHORTEST_WINDOW = 16
# Mels of a band between two centres, and how many bands there are at least and most.
_MELS_A_BAND, _FEWEST_BANDS, _MOST_BANDS = 56.0, 16, 64
# Decibels: what is so much quieter than the loudest place of its recording is silence,
# and how loud silence is where there is nothing else.
_RANGE, _SILENCE = 80.0, -140.0
# Numbers of one step of the transform: they and their spectra fit into the cache.
_NUMBERS_AT_ONCE = 2**21


@dataclass(frozen=True)
class SpectrogramSettings:
    """How recordings become spectrograms: all that someone must know to do it again.

    Attributes
    ----------
    sampling_rate : int
        Samples a second.
    n_samples : int
        Longer recordings are cut to so many, shorter ones end in zeros.
    window, hop : int
        Samples of a short frame, and from the start of one to that of the next.
    n_averaged : int
        Short frames whose power is averaged into one frame.
    n_fft : int
        Samples of the Fourier transform: the window and zeros.
    n_mels : int
        Bands, spaced evenly on the mel scale.
    """

    sampling_rate: int
    n_samples: int
    window: int
    hop: int
    n_averaged: int
    n_fft: int
    n_mels: int

    @classmethod
    def suited_to(cls, sampling_rate: int, n_samples: int) -> SpectrogramSettings:
        """Choose settings for recordings of a rate and length.

        Parameters
        ----------
        sampling_rate, n_samples : int

        Returns
        -------
        settings : SpectrogramSettings
            Of at most 96 frames and 64 bands, whatever the length.

        Examples
        --------
        >>> from skautogen.inputs._spectrogram import SpectrogramSettings
        >>> a_second = SpectrogramSettings.suited_to(16_000, 16_000)
        >>> a_second.window, a_second.hop, a_second.shape
        (400, 160, (50, 48))
        >>> SpectrogramSettings.suited_to(16_000, 60 * 16_000).shape
        (96, 48)
        """
        hop = round(_HOP_SECONDS * sampling_rate)
        hop = max(1, min(hop, n_samples // _FEWEST_FRAMES))
        hop = max(hop, -(-n_samples // (_MOST_FRAMES * _MOST_AVERAGED)))
        window = max(_SHORTEST_WINDOW, round(_HOPS_A_WINDOW * hop))
        n_averaged = -(-_count_frames(n_samples, window, hop) // _MOST_FRAMES)
        # Zeros make the spectrum smooth enough for the narrow bands of low pitches.
        n_fft = next_fast_len(2 * window, real=True)
        n_bands = float(_to_mel(sampling_rate / 2)) / _MELS_A_BAND
        n_bands = min(max(n_bands, _FEWEST_BANDS), _MOST_BANDS, window / 2)
        n_mels = 8 * max(1, round(n_bands / 8))
        return cls(sampling_rate, n_samples, window, hop, n_averaged, n_fft, n_mels)

    @property
    def shape(self) -> tuple[int, int]:
        """Frames and bands of a spectrogram."""
        n_short = _count_frames(self.n_samples, self.window, self.hop)
        return -(-n_short // self.n_averaged), self.n_mels


def make_spectrograms(
    recordings: np.ndarray | Sequence[np.ndarray], settings: SpectrogramSettings
) -> np.ndarray:
    """Make the log-mel spectrograms of recordings.

    Parameters
    ----------
    recordings : ndarray of shape (n, s) or sequence of n ndarrays of one axis
        Integers of any width, or floats. Full scale is the widest integer, or 1.0.
    settings : SpectrogramSettings

    Returns
    -------
    spectrograms : ndarray of shape (n, f, m), float32
            Decibels. What is 80 dB quieter than the loudest place of its
        recording is given as that, and a recording of nothing but zeros is -140.
    """
    made = np.empty((len(recordings), *settings.shape), dtype=np.float32)
    a_row = settings.shape[0] * settings.n_averaged * settings.n_fft
    n_at_once = max(1, _NUMBERS_AT_ONCE // a_row)
    for start in range(0, len(recordings), n_at_once):
        rows = slice(start, start + n_at_once)
        samples = _to_one_length(recordings[rows], settings)
        made[rows] = _to_decibels(_mel_power(samples, settings))
    return made


def _to_one_length(
    recordings: np.ndarray | Sequence[np.ndarray], settings: SpectrogramSettings
) -> np.ndarray:
    """Samples (n, s) of full scale 1, as many as the frames of a spectrogram take."""
    n_frames, _ = settings.shape
    n_short = n_frames * settings.n_averaged
    length = settings.window + (n_short - 1) * settings.hop
    samples = np.zeros((len(recordings), length), dtype=np.float32)
    for row, recording in zip(samples, recordings, strict=True):
        some = recording[: settings.n_samples]
        row[: len(some)] = to_full_scale(some)
    return samples


def to_full_scale(samples: np.ndarray) -> np.ndarray:
    """Give samples as float32, where 1 is the largest that integers of a width hold.

    Unsigned integers are read as in WAV files: silence is in the middle.

    Parameters
    ----------
    samples : ndarray
        Integers, or floats, which stay as they are.

    Returns
    -------
    samples : ndarray of the same shape, float32
    """
    if samples.dtype.kind not in "iu":
        return samples.astype(np.float32)
    # No recorder has 64 bits: what became so on its way was of 16, as most are.
    n_bytes = samples.dtype.itemsize if samples.dtype.itemsize < 8 else 2
    half = np.float32(2.0 ** (8 * n_bytes - 1))
    scaled = samples.astype(np.float32) / half
    return scaled if samples.dtype.kind == "i" else scaled - 1


def _mel_power(samples: np.ndarray, settings: SpectrogramSettings) -> np.ndarray:
    """Power (n, f, m) of samples (n, s) in bands, averaged over neighbouring frames."""
    window = get_window("hann", settings.window).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, len(window), axis=1)
    frames = frames[:, :: settings.hop]  # (n, t, window)
    # A constant is no sound, and would be by far the loudest.
    frames = (frames - frames.mean(axis=2, keepdims=True)) * window
    spectrum = rfft(frames, settings.n_fft, axis=2)  # (n, t, b)
    power = spectrum.real**2 + spectrum.imag**2
    bands = power @ _mel_bands(settings) / np.square(window.sum())  # (n, t, m)
    grouped = bands.reshape(len(bands), -1, settings.n_averaged, settings.n_mels)
    averaged: np.ndarray = grouped.mean(axis=2)
    return averaged


@lru_cache(maxsize=16)
def _mel_bands(settings: SpectrogramSettings) -> np.ndarray:
    """Shares (b, m) of frequencies in bands: triangles from centre to centre."""
    frequencies = np.fft.rfftfreq(settings.n_fft, 1 / settings.sampling_rate)
    # What is slower than a window's length is not told apart from a constant.
    lowest = settings.sampling_rate / settings.window
    edges = np.linspace(
        _to_mel(lowest), _to_mel(settings.sampling_rate / 2), settings.n_mels + 2
    )
    mels = _to_mel(frequencies)[:, None]
    rising = (mels - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - mels) / np.diff(edges)[1:]
    bands = np.maximum(0, np.minimum(rising, falling))
    # A band that is narrower than the distance of frequencies takes the nearest.
    nearest = np.abs(mels - edges[1:-1]).argmin(axis=0)
    empty = np.flatnonzero(bands.sum(axis=0) == 0)
    bands[nearest[empty], empty] = 1
    shares: np.ndarray = (bands / bands.sum(axis=0)).astype(np.float32)
    return shares


def _to_decibels(power: np.ndarray) -> np.ndarray:
    """Decibels of power (n, f, m), none far below the loudest of its recording."""
    loudest = power.max(axis=(1, 2), keepdims=True)
    silence = np.float32(10 ** ((_SILENCE + _RANGE) / 10))
    loudest = np.where(loudest > 0, loudest, silence)
    floor = loudest * np.float32(10 ** (-_RANGE / 10))
    decibels: np.ndarray = 10 * np.log10(np.maximum(power, floor))
    return decibels


def _to_mel(frequency: float | np.ndarray) -> np.ndarray:
    """Hertz as mels, of which equal steps sound equal (O'Shaughnessy, 1987)."""
    return 2595 * np.log10(1 + np.asarray(frequency) / 700)


def _count_frames(n_samples: int, window: int, hop: int) -> int:
    """Frames that cover so many samples."""
    return 1 + max(0, -(-(n_samples - window) // hop))
