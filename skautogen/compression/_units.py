"""The units of a network: which weights make them, and which read them.

A stream is what goes from one dense layer to the next: its units pass normalisations
and activations one by one, and a residual block adds to each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import keras
import numpy as np

from ..layers import MemberHeads, ResidualBlock
from ..training.stacked import Chain, NotAChainError, lift_chain
from ..training.stacked._chain import Activation, BatchNormalization, Dense, Own
from ._method import NotCompressibleError

# A weight by its number, and the axis of it that is the units.
Place = tuple[int, int]


@dataclass(frozen=True)
class Stream:
    """Units that can be taken out.

    Attributes
    ----------
    n_units : int
    made, read, carried : list of Place
        Weights that make the units, that read them, and that act on each alone.
    """

    n_units: int
    made: list[Place] = field(default_factory=list)
    read: list[Place] = field(default_factory=list)
    carried: list[Place] = field(default_factory=list)

    def strongest(self, weights: Sequence[np.ndarray], n_kept: int) -> np.ndarray:
        """Numbers of the units to be kept, in their order.

        A unit is as strong as the norm of what makes it times that of what reads it.
        """
        strength = _norms(weights, self.made) * _norms(weights, self.read)
        order = np.argsort(-strength, kind="stable")
        return np.sort(order[:n_kept])

    def keep(self, weights: list[np.ndarray], units: np.ndarray) -> list[np.ndarray]:
        """The weights without the other units."""
        kept = list(weights)
        for number, axis in [*self.made, *self.read, *self.carried]:
            kept[number] = np.take(kept[number], units, axis=axis)
        return kept


def _norms(weights: Sequence[np.ndarray], places: Sequence[Place]) -> np.ndarray:
    squares = [
        np.square(np.moveaxis(weights[number], axis, 0))
        .reshape(weights[number].shape[axis], -1)
        .sum(axis=1)
        for number, axis in places
    ]
    norms: np.ndarray = np.sqrt(np.sum(squares, axis=0))
    return norms


def streams_of(model: keras.Model) -> list[Stream]:
    """Find the streams of a model, but for its inputs and outputs.

    Parameters
    ----------
    model : keras.Model

    Returns
    -------
    streams : list of Stream

    Raises
    ------
    NotCompressibleError
        If the model is no chain of layers whose units are told apart.
    """
    try:
        chain, _ = lift_chain(model)
    except NotAChainError as error:
        raise NotCompressibleError(
            f"units can be taken out of chains of dense layers, and {error}. "
            "'distillation' and 'int8' take any network."
        ) from error
    return _streams_of_chain(chain)


def _streams_of_chain(chain: Chain) -> list[Stream]:
    inner: list[Stream] = []
    outer: list[Stream | None] = [None]  # the inputs stay as they are
    first = 0
    for layer in chain.layers:
        stream, n = outer[-1], len(layer.weights)
        if isinstance(layer, Dense):
            if stream is not None:
                stream.read.append((first, 0))
            made = [(first, 1), *([(first + 1, 0)] if layer.use_bias else [])]
            outer.append(Stream(layer.n_units, made=made))
        elif isinstance(layer, Own) and layer.kind is ResidualBlock:
            n_hidden = layer.weights[1].shape[0]
            inside = [(first, 1), (first + 1, 0)]
            inner.append(Stream(n_hidden, made=inside, read=[(first + 2, 0)]))
            if stream is not None:
                stream.read.append((first, 0))
                stream.made.extend([(first + 2, 1), (first + 3, 0)])
        elif isinstance(layer, Own) and layer.kind is MemberHeads:
            if stream is not None:
                stream.read.append((first, 1))
            outer.append(Stream(layer.n_units))
        elif stream is not None:
            if isinstance(layer, Own) and not layer.kind.can_be_padded:
                raise NotCompressibleError(
                    f"units cannot be followed through {layer.kind.__name__}. "
                    "'distillation' and 'int8' take any network."
                )
            if not isinstance(layer, (Activation, BatchNormalization, Own)):
                raise NotCompressibleError(f"{layer!r} is not known.")
            stream.carried.extend((first + k, -1) for k in range(n))
        first += n
    # The last are the outputs.
    return [*(each for each in outer[1:-1] if each is not None), *inner]
