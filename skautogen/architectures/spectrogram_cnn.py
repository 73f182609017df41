"""A convolutional network over spectrograms: the default for audio."""

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


def build_spectrogram_cnn(
    meta: dict[str, Any],
    *,
    filters: Sequence[int] = (16, 32, 64, 96),
    kernel_size: int = 5,
    dropout: float = 0.3,
    loudness: bool = False,
    masking: float = 0.1,
    time_shift: float = 0.1,
    pitch_shift: float = 0.05,
) -> keras.Model:
    """Build a convolutional network over time and pitch.

    Choose it for audio: what it finds may begin at any time, and is told by its pitch
    and by what is around it. Spectrograms are varied in training, others in each step.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``X_shape_`` is (n, frames, bands).
    filters : sequence of int, default=(16, 32, 64, 96)
        Of each convolution. All but the last halve frames and bands.
    kernel_size : int, default=5
        Frames and bands that the first sees at once; the others see 3.
    dropout : float in [0, 1), default=0.3
        Share of what is summed up over time that is dropped in training.
    loudness : bool, default=False
        Whether the network is told how loud a recording is as a whole. Otherwise a
        recording is the same at every volume.
    masking : float in [0, 1], default=0.1
        Most of the frames, and most of the bands, that are masked in training
        (Park et al., "SpecAugment", Interspeech 2019).
    time_shift : float in [0, 1], default=0.1
        Most that recordings are moved in time in training, as a share of their frames.
    pitch_shift : float in [0, 1], default=0.05
        The same in pitch, as a share of the bands.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.spectrogram_cnn import build_spectrogram_cnn
    >>> meta = {"X_shape_": (9, 50, 40), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_spectrogram_cnn(meta, filters=(8, 16)).output_shape
    (None, 3)
    """
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
    for number, each in enumerate(others, start=1):
        is_last = number == len(others)
        hidden = convolve(hidden, each, strides=1 if is_last else 2)
    hidden = sum_up(as_sequence(hidden))
    hidden = load_keras().layers.Dropout(float(dropout))(hidden)
    return load_keras().Model(inputs, output_layer(meta)(hidden))


_TRAINING = {"schedule": "warmup_cosine", "weight_decay": 0.02}

SPECTROGRAM_CNN = Architecture(
    name="spectrogram_cnn",
    build=build_spectrogram_cnn,
    input_kind="audio",
    space={
        "filters": [(16, 32, 64), (16, 32, 64, 96), (24, 48, 96, 128)],
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
    grid={"learning_rate": [1e-3, 3e-3], "epoch_share": [0.3, 0.6]},
    portfolio=(
        {**_TRAINING, "learning_rate": 3e-3, "epoch_share": 0.5},
        # For short sounds in noise: a mask may hide all there is.
        {**_TRAINING, "learning_rate": 3e-3, "epoch_share": 1.0, "masking": 0.0},
        {**_TRAINING, "learning_rate": 3e-3, "epoch_share": 0.5, "loudness": True},
    ),
)
