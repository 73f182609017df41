"""Networks for sequences whose structure is searched: any sequence of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ..structures import Block, BlockKind, Structure, StructureSpace
from ._architecture import Architecture
from ._step_blocks import ATTENTION, CONVOLUTION, RECURRENT
from ._steps import pooled_model, sequence_input

if TYPE_CHECKING:
    import keras

# A convolution of each step and its neighbours.
_STEPS = BlockKind("steps", {"filters": (16, 32, 64), "kernel_size": (1, 3, 5)})
SPACE = StructureSpace(_STEPS, (CONVOLUTION, RECURRENT, ATTENTION), max_blocks=4)

_CONVOLUTION = Block.of("convolution", filters=64, kernel_size=5, dilation=1, skip=True)
# Much as "temporal_cnn" is, from which a search begins.
_FIRST = Structure(
    Block.of("steps", filters=64, kernel_size=5),
    tuple(_CONVOLUTION.with_setting("dilation", 2**number) for number in range(3)),
)


def build_sequence_blocks(
    meta: dict[str, Any], *, structure: Structure = _FIRST, dropout: float = 0.2
) -> keras.Model:
    """Build a network of convolutions, recurrent layers and attention.

    Choose it, or ``search="evolution"``, which does, for sequences of which it is not
    known what tells them apart.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; the last of ``X_shape_`` is the number of
        channels of the prepared sequences.
    structure : Structure, default: much that of ``"temporal_cnn"``
        The stem is ``steps(filters, kernel_size)``; blocks are ``convolution(filters,
        kernel_size, dilation, skip)``, ``recurrent(cell, units, skip)``, which reads
        both ways, and ``attention(units)``.
    dropout : float in [0, 1), default=0.2
        Share of the pooled channels that is dropped in training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.sequence_blocks import build_sequence_blocks
    >>> meta = {"X_shape_": (50, 30, 4), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_sequence_blocks(meta).output_shape
    (None, 3)
    """
    layers = load_keras().layers
    SPACE.check(structure)
    inputs, presence = sequence_input(meta)
    hidden = layers.Conv1D(
        structure.stem["filters"],
        structure.stem["kernel_size"],
        padding="same",
        activation="relu",
        kernel_initializer="he_normal",
    )(inputs)
    for block in structure.blocks:
        hidden = layers.Multiply()([hidden, presence])
        hidden = SPACE.add(hidden, block, presence=presence)
    return pooled_model(inputs, hidden, presence, dropout, meta)


_TRAINING = {"schedule": "warmup_cosine", "weight_decay": 2e-2, "structure": _FIRST}

SEQUENCE_BLOCKS = Architecture(
    name="sequence_blocks",
    build=build_sequence_blocks,
    input_kind="sequence",
    representation="steps",
    space={
        "structure": SPACE,
        "dropout": [0.0, 0.2, 0.4],
        "learning_rate": loguniform(5e-4, 8e-3),
        "weight_decay": loguniform(1e-3, 1e-1),
        "epoch_share": loguniform(0.2, 1.0),
        "schedule": ["warmup_cosine"],
    },
    grid={"structure": [_FIRST], "learning_rate": [1e-3, 3e-3]},
    portfolio=({**_TRAINING, "learning_rate": 3e-3, "epoch_share": 0.5},),
)
