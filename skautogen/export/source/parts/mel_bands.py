"""Functions of generated files."""

import numpy as np

from .settings import N_FFT, N_MELS, SAMPLING_RATE, WINDOW


def to_mel(frequency: np.ndarray | float) -> np.ndarray:
    """Hertz as mels, of which equal steps sound equal."""
    return 2595 * np.log10(1 + np.asarray(frequency) / 700)


def make_mel_bands() -> np.ndarray:
    """Shares of frequencies in bands: triangles from centre to centre."""
    frequencies = to_mel(np.fft.rfftfreq(N_FFT, 1 / SAMPLING_RATE))[:, None]
    # What is slower than a window's length is not told apart from a constant.
    lowest, highest = to_mel(SAMPLING_RATE / WINDOW), to_mel(SAMPLING_RATE / 2)
    edges = np.linspace(lowest, highest, N_MELS + 2)
    rising = (frequencies - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - frequencies) / np.diff(edges)[1:]
    bands = np.maximum(0, np.minimum(rising, falling))
    # A band that is narrower than the distance of frequencies takes the nearest.
    nearest = np.abs(frequencies - edges[1:-1]).argmin(axis=0)
    empty = np.flatnonzero(bands.sum(axis=0) == 0)
    bands[nearest[empty], empty] = 1
    return (bands / bands.sum(axis=0)).astype("float32")
