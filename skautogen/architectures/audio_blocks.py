"""Networks for sounds whose structure is searched: convolutions of spectrograms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._backend import load_keras
from ..structures import Block, BlockKind, Structure, StructureSpace
from ._architecture import Architecture, without
from ._convolution_blocks import CONVOLUTION, SEPARABLE
from ._head import output_layer
from ._spectrogram import as_sequence, listen, sum_up
from .spectrogram_cnn import SPECTROGRAM_CNN

if TYPE_CHECKING:
    import keras

# The convolution that halves frames and bands.
_SPECTROGRAM = BlockKind(
    "spectrogram",
    {"filters": (16, 24), "kernel_size": (3, 5), "loudness": (False, True)},
)
SPACE = StructureSpace(_SPECTROGRAM, (CONVOLUTION, SEPARABLE), max_blocks=4)

_CONVOLUTION = Block.of(
    "convolution", filters=32, kernel_size=3, halves=True, skip=False
)
# That of "spectrogram_cnn", from which a search begins.
_FIRST = Structure(
    Block.of("spectrogram", filters=16, kernel_size=5, loudness=False),
    (
        _CONVOLUTION,
        _CONVOLUTION.with_setting("filters", 64),
        _CONVOLUTION.with_setting("filters", 96).with_setting("halves", False),
    ),
)


def build_audio_blocks(
    meta: dict[str, Any],
    *,
    structure: Structure = _FIRST,
    dropout: float = 0.3,
    masking: float = 0.1,
    time_shift: float = 0.1,
    pitch_shift: float = 0.05,
) -> keras.Model:
    """Build a network of blocks of convolutions over spectrograms.

    Choose it, or ``search="evolution"``, which does, where ``"spectrogram_cnn"`` is not
    right and there is time for some dozens of trainings.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``X_shape_`` is (n, frames, bands).
    structure : Structure, default: that of ``"spectrogram_cnn"``
        The stem is ``spectrogram(filters, kernel_size, loudness)``; blocks are those of
        :func:`.build_image_blocks`.
    dropout : float in [0, 1), default=0.3
        Share of the features of a recording that is dropped in training.
    masking, time_shift, pitch_shift : float
        See :class:`~skautogen.layers.SpectrogramMasking` and
        :class:`~skautogen.layers.SpectrogramShift`.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.audio_blocks import build_audio_blocks
    >>> meta = {"X_shape_": (9, 50, 40), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_audio_blocks(meta).output_shape
    (None, 3)
    """
    keras = load_keras()
    SPACE.check(structure)
    stem = structure.stem
    inputs, hidden = listen(
        meta,
        stem["filters"],
        stem["kernel_size"],
        loudness=stem["loudness"],
        masking=masking,
        time_shift=time_shift,
        pitch_shift=pitch_shift,
    )
    for block in structure.blocks:
        hidden = SPACE.add(hidden, block)
    hidden = keras.layers.Dropout(float(dropout))(sum_up(as_sequence(hidden)))
    return keras.Model(inputs, output_layer(meta)(hidden))


AUDIO_BLOCKS = Architecture(
    name="audio_blocks",
    build=build_audio_blocks,
    input_kind="audio",
    space={
        "structure": SPACE,
        **without(SPECTROGRAM_CNN.space, "filters", "loudness"),
    },
    grid={"structure": [_FIRST], **SPECTROGRAM_CNN.grid},
    portfolio=tuple(
        {"structure": _FIRST, **each} for each in SPECTROGRAM_CNN.portfolio[:2]
    ),
)
