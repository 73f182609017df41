"""Convolutions over spectrograms, then a recurrent network over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._convolutions import convolve
from ._head import output_layer
from ._spectrogram import as_sequence, listen, sum_up

if TYPE_CHECKING:
    import keras


def build_crnn(
    meta: dict[str, Any],
    *,
    filters: Sequence[int] = (16, 32, 48),
    kernel_size: int = 5,
    units: int = 48,
    dropout: float = 0.3,
    loudness: bool = False,
    masking: float = 0.1,
    time_shift: float = 0.1,
    pitch_shift: float = 0.05,
) -> keras.Model:
    """Build convolutions, and a network of gated recurrent units in both directions.

    Choose it for audio in which it matters what follows what over more than a few
    frames, such as words and melodies.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``X_shape_`` is (n, frames, bands).
    filters : sequence of int, default=(16, 32, 48)
        Of each convolution. Each halves the bands, the first two the frames as well.
    kernel_size : int, default=5
        Frames and bands that the first sees at once; the others see 3.
    units : int, default=48
        Of the recurrent network, in each direction (Cho et al., EMNLP 2014).
    dropout : float in [0, 1), default=0.3
        Share of what goes into the recurrent network, and of what is summed up of it
        over time, that is dropped in training.
    loudness, masking, time_shift, pitch_shift
        As in :func:`~skautogen.architectures.spectrogram_cnn.build_spectrogram_cnn`.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    K. Choi, G. Fazekas, M. Sandler, K. Cho, "Convolutional Recurrent Neural Networks
    for Music Classification", ICASSP 2017.

    Examples
    --------
    >>> from skautogen.architectures.crnn import build_crnn
    >>> meta = {"X_shape_": (9, 50, 40), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_crnn(meta, filters=(8, 16), units=8).output_shape
    (None, 3)
    """
    layers = load_keras().layers
    first, *others = filters
    inputs, hidden = listen(
        meta,
        first,
        kernel_size,
        loudness=loudness,
        masking=masking,
        time_shift=time_shift,
        pitch_shift=pitch_shift,
    )
    for number, each in enumerate(others):
        hidden = convolve(hidden, each, strides=2 if number == 0 else (1, 2))
    hidden = layers.Dropout(float(dropout))(as_sequence(hidden))
    recurrent = layers.GRU(int(units), return_sequences=True)
    hidden = sum_up(layers.Bidirectional(recurrent)(hidden))
    hidden = layers.Dropout(float(dropout))(hidden)
    return load_keras().Model(inputs, output_layer(meta)(hidden))


_TRAINING = {"schedule": "warmup_cosine", "weight_decay": 0.02}

CRNN = Architecture(
    name="crnn",
    build=build_crnn,
    input_kind="audio",
    space={
        "filters": [(16, 32), (16, 32, 48), (24, 48, 64)],
        "units": [32, 48, 64],
        "dropout": [0.1, 0.3, 0.5],
        "loudness": [False, True],
        "masking": [0.0, 0.1, 0.2, 0.3],
        "time_shift": [0.0, 0.1, 0.2],
        "pitch_shift": [0.0, 0.05, 0.1],
        "learning_rate": loguniform(1e-3, 6e-3),
        "weight_decay": loguniform(1e-3, 1e-1),
        "epoch_share": loguniform(0.2, 1.0),
        "schedule": ["warmup_cosine"],
    },
    grid={"units": [32, 64], "learning_rate": [1e-3, 3e-3]},
    portfolio=(
        {**_TRAINING, "learning_rate": 3e-3, "epoch_share": 0.5},
        {**_TRAINING, "learning_rate": 3e-3, "epoch_share": 1.0, "masking": 0.0},
    ),
)
