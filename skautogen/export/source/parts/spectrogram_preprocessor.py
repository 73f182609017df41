"""A class of generated files."""

from typing import Self

import numpy as np
from scipy.fft import rfft
from scipy.signal import get_window
from sklearn.base import BaseEstimator, TransformerMixin

from .full_scale import to_full_scale
from .mel_bands import make_mel_bands
from .settings import HOP, N_AVERAGED, N_FFT, N_FRAMES, N_MELS, N_SAMPLES, WINDOW


class SpectrogramPreprocessor(TransformerMixin, BaseEstimator):
    """Make log-mel spectrograms of recordings, of a mean of 0 and a deviation of 1."""

    def fit(self, X: np.ndarray, y=None) -> Self:
        """Learn the mean of each band, and the deviation from these of all together."""
        step = -(-len(X) // 512)  # more recordings would not change it
        spectrograms = make_spectrograms(X[::step])
        self.mean_ = spectrograms.mean(axis=(0, 1))
        self.deviation_ = max((spectrograms - self.mean_).std(), 1.0)
        return self

    def transform(self, X: np.ndarray) -> np.ndarray:
        """Make spectrograms, of shape (n, N_FRAMES, N_MELS)."""
        return (make_spectrograms(X) - self.mean_) / self.deviation_


def make_spectrograms(X: np.ndarray) -> np.ndarray:
    """How loud which pitch is when, in decibels."""
    bands = make_mel_bands()
    return np.stack([make_spectrogram(samples, bands) for samples in to_full_scale(X)])


def make_spectrogram(samples: np.ndarray, bands: np.ndarray) -> np.ndarray:
    """Average the power of short frames in bands, down to 80 dB below the loudest."""
    n_samples = WINDOW + (N_FRAMES * N_AVERAGED - 1) * HOP
    samples = samples[:N_SAMPLES]
    samples = np.pad(samples, (0, max(0, n_samples - len(samples))))[:n_samples]
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
    window = get_window("hann", WINDOW).astype("float32")
    # A constant is no sound, and would be by far the loudest.
    frames = (frames - frames.mean(axis=1, keepdims=True)) * window
    power = np.abs(rfft(frames, N_FFT)) ** 2 @ bands / window.sum() ** 2
    power = power.reshape(N_FRAMES, N_AVERAGED, N_MELS).mean(axis=1)
    loudest = power.max() if power.any() else 1e-6
    return 10 * np.log10(np.maximum(power, 1e-8 * loudest))
