"""Networks for images whose structure is searched: any sequence of convolutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._backend import load_keras
from ..structures import Block, BlockKind, Structure, StructureSpace
from ._architecture import Architecture, without
from ._convolution_blocks import CONVOLUTION, SEPARABLE
from ._images import answer_from_places, see
from .cnn import CNN

if TYPE_CHECKING:
    import keras

# Directions of edges that are computed beside the pixels.
_PIXELS = BlockKind("pixels", {"n_orientations": (0, 8)})
SPACE = StructureSpace(_PIXELS, (CONVOLUTION, SEPARABLE), max_blocks=5)

_CONVOLUTION = Block.of(
    "convolution", filters=64, kernel_size=3, halves=False, skip=False
)
# Much as "cnn" is on small images, from which a search begins.
_FIRST = Structure(
    Block.of("pixels", n_orientations=8),
    (_CONVOLUTION.with_setting("halves", True), _CONVOLUTION),
)
# Places along a side that the answer is read from.
_MOST_PLACES = 8


def build_image_blocks(
    meta: dict[str, Any],
    *,
    structure: Structure = _FIRST,
    dropout: float = 0.0,
    shift: float = 0.04,
    mirror: bool = False,
) -> keras.Model:
    """Build a network of blocks of convolutions.

    Choose it, or ``search="evolution"``, which does, where ``"cnn"`` and
    ``"residual_cnn"`` are not right and there is time for some dozens of trainings.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data, and ``pixel_mean_`` and ``pixel_scale_``, the
        mean and deviation of each channel.
    structure : Structure, default: much that of ``"cnn"``
        The stem is ``pixels(n_orientations)``; blocks are ``convolution(filters,
        kernel_size, halves, skip)``, of which ``halves`` asks for strides of 2, and
        ``separable(filters, kernel_size, skip)``.
    dropout : float in [0, 1), default=0.0
        Share of the features of all places that is dropped in training.
    shift : float in [0, 1], default=0.04
    mirror : bool, default=False
        See :func:`.build_cnn`.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.image_blocks import build_image_blocks
    >>> meta = {"X_shape_": (9, 28, 28, 1), "target_type_": "continuous"}
    >>> meta |= {"n_outputs_": 1, "pixel_mean_": (73.0,), "pixel_scale_": (90.0,)}
    >>> build_image_blocks(meta).output_shape
    (None, 1)
    """
    SPACE.check(structure)
    inputs, hidden = see(
        meta,
        n_orientations=structure.stem["n_orientations"],
        shift=shift,
        mirror=mirror,
    )
    for block in structure.blocks:
        hidden = SPACE.add(hidden, block)
    n_averaged = [-(-n_places // _MOST_PLACES) for n_places in hidden.shape[1:3]]
    if max(n_averaged) > 1:
        pool = load_keras().layers.AveragePooling2D(n_averaged, padding="same")
        hidden = pool(hidden)
    return answer_from_places(inputs, hidden, dropout, meta)


IMAGE_BLOCKS = Architecture(
    name="image_blocks",
    build=build_image_blocks,
    input_kind="image",
    space={
        "structure": SPACE,
        **without(CNN.space, "filters", "n_convolutions"),
    },
    grid={"structure": [_FIRST], **CNN.grid},
    portfolio=tuple({"structure": _FIRST, **each} for each in CNN.portfolio),
)
