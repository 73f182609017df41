"""Networks for tables whose structure is searched: any sequence of dense blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ..structures import Block, BlockKind, Structure, StructureSpace
from ._architecture import Architecture
from ._dense_blocks import DENSE, RESIDUAL
from ._head import output_layer
from ._hidden import embed_numbers
from .realmlp import REALMLP

if TYPE_CHECKING:
    import keras

# Waves that each number is seen in.
_NUMBERS = BlockKind("numbers", {"n_frequencies": (0, 8, 16)})
SPACE = StructureSpace(_NUMBERS, (DENSE, RESIDUAL), max_blocks=5)

_DENSE = Block.of("dense", units=128, activation="silu", normalisation="none")
# That of "realmlp", from which a search begins, and the same without waves, which on
# some small tables only bring noise.
_FIRST = Structure(Block.of("numbers", n_frequencies=16), (_DENSE,) * 3)
_PLAIN = Structure(Block.of("numbers", n_frequencies=0), (_DENSE,) * 3)


def build_table_blocks(
    meta: dict[str, Any],
    *,
    structure: Structure = _FIRST,
    dropout: float = 0.15,
    sigma: float = 0.3,
) -> keras.Model:
    """Build a network of dense and residual blocks.

    Choose it, or ``search="evolution"``, which does, for tables where none of the
    structures of this package is right.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; ``n_features_in_`` is the number of inputs,
        of which the first ``n_numeric_`` are numbers (all, if it is missing).
    structure : Structure, default: that of ``"realmlp"``
        The stem is ``numbers(n_frequencies)``, the waves of each number; blocks are
        ``dense(units, activation, normalisation)`` and ``residual(units, activation)``.
    dropout : float in [0, 1), default=0.15
        Share of the units that is dropped after each block in training.
    sigma : float, default=0.3
        Deviation of the initial frequencies.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Examples
    --------
    >>> from skautogen.architectures.table_blocks import build_table_blocks
    >>> from skautogen.structures import Block, Structure
    >>> stem = Block.of("numbers", n_frequencies=0)
    >>> block = Block.of("residual", units=16, activation="relu")
    >>> meta = {"n_features_in_": 4, "target_type_": "continuous", "n_outputs_": 1}
    >>> model = build_table_blocks(meta, structure=Structure(stem, (block, block)))
    >>> [layer.name.split("_")[0] for layer in model.layers][1:]
    ['residual', 'dropout', 'residual', 'dropout', 'output']
    """
    layers = load_keras().layers
    SPACE.check(structure)
    inputs = layers.Input((meta["n_features_in_"],))
    hidden = embed_numbers(inputs, meta, structure.stem["n_frequencies"], sigma)
    for block in structure.blocks:
        hidden = SPACE.add(hidden, block)
        # Also where the rate is 0: networks of all rates are then one structure.
        hidden = layers.Dropout(float(dropout))(hidden)
    return load_keras().Model(inputs, output_layer(meta)(hidden))


TABLE_BLOCKS = Architecture(
    name="table_blocks",
    build=build_table_blocks,
    input_kind="table",
    space={
        "structure": SPACE,
        "dropout": [0.0, 0.1, 0.2, 0.3, 0.4],
        "sigma": loguniform(0.1, 2.0),
        "learning_rate": loguniform(1.5e-3, 1.5e-2),
        "weight_decay": [0.0, 0.02, 0.1],
        "epoch_share": loguniform(0.05, 1.0),
    },
    grid={"structure": [_FIRST], "dropout": [0.0, 0.3], "epoch_share": [0.1, 1.0]},
    portfolio=(
        *({"structure": _FIRST, **each} for each in REALMLP.portfolio[:3]),
        {"structure": _PLAIN, **REALMLP.portfolio[1]},
    ),
)
