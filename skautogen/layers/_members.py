"""Members of an ensemble that share all layers but the first and the last.

Between :class:`MemberInputs` and :class:`MemberHeads` stand ordinary layers that
compute row by row. In a step of training each row goes through one member, which costs
no more than one network; in a prediction through all of them, and they are averaged.
"""

from __future__ import annotations

from typing import Any

from keras import ops


def members_of_rows(x: Any, n_members: int) -> Any:
    """Through which member each row of a batch goes, as indicators (b, k).

    Batches are drawn at random, so that it may be by turns.
    """
    turns = ops.mod(ops.arange(ops.shape(x)[-2]), n_members)
    return ops.one_hot(turns, n_members)
