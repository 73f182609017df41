"""Networks for texts whose structure is searched: dense blocks over n-grams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .._backend import load_keras
from ..structures import Block, BlockKind, Structure, StructureSpace
from ._architecture import Architecture, without
from ._dense_blocks import DENSE, RESIDUAL
from ._head import output_layer
from .ngrams import NGRAMS

if TYPE_CHECKING:
    import keras

_TERMS = BlockKind(
    "terms", {"units": (8, 16, 32, 64), "activation": ("linear", "relu", "silu")}
)
SPACE = StructureSpace(_TERMS, (DENSE, RESIDUAL), min_blocks=0, max_blocks=2)

# That of "ngrams", from which a search begins.
_FIRST = Structure(Block.of("terms", units=16, activation="relu"), ())


def build_text_blocks(
    meta: dict[str, Any], *, structure: Structure = _FIRST, dropout: float = 0.3
) -> keras.Model:
    """Build a network of dense blocks over the vectors of the n-grams of a text.

    Choose it, or ``search="evolution"``, which does, for texts where ``"ngrams"`` is
    too simple.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_terms_`` is how many n-grams there are.
    structure : Structure, default: that of ``"ngrams"``
        The stem is ``terms(units, activation)``, the sum of the vectors of the n-grams;
        blocks are those of :func:`.build_table_blocks`.
    dropout : float in [0, 1), default=0.3
        Share of the units of the stem and of each block that is dropped in training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.text_blocks import build_text_blocks
    >>> meta = {"n_terms_": 1000, "target_type_": "multiclass", "n_classes_": 3}
    >>> build_text_blocks(meta).output_shape
    (None, 3)
    """
    from ..layers import EmbeddingBag

    layers = load_keras().layers
    SPACE.check(structure)
    inputs = layers.Input((2, None))
    hidden = EmbeddingBag(meta["n_terms_"], structure.stem["units"])(inputs)
    hidden = layers.Activation(structure.stem["activation"])(hidden)
    hidden = layers.Dropout(float(dropout))(hidden)
    for block in structure.blocks:
        hidden = layers.Dropout(float(dropout))(SPACE.add(hidden, block))
    return load_keras().Model(inputs, output_layer(meta)(hidden))


def _with_structure(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What "ngrams" is searched over, with the structure in place of its own."""
    space = without(fields["space"], "activation")
    portfolio = [{"structure": _FIRST, **each} for each in fields["portfolio"]]
    return {
        "space": {"structure": SPACE, **space},
        "grid": {"structure": [_FIRST], **fields["grid"]},
        "portfolio": tuple(portfolio[:3]),
    }


TEXT_BLOCKS = Architecture(
    name="text_blocks",
    build=build_text_blocks,
    input_kind="text",
    representation="ngrams",
    **_with_structure(vars(NGRAMS)),
    regression=_with_structure(NGRAMS.regression),
)
