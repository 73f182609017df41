"""The lift of chains of plain layers: written out, and merged with other chains.

Chains of the same layers are merged though they differ in widths, activations or
dropout. Units that the narrower one lacks are padding: their weights are zero, and stay
zero, since an activation that is 0 at 0 passes nothing on to them and takes no gradient
back.

Shapes: x is (m, b, i) with m models, b rows and i inputs; a kernel (m, i, o); a vector
of a layer's (m, o).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol, TypeAlias

import keras
import numpy as np
from keras import ops

from ...layers import StackableLayer
from ._lift import Context, Lifted, Single, Weight
from ._masks import drop

Function: TypeAlias = Callable[..., Any]


# Computed unit by unit, and 0 at 0.
_VANISHING = frozenset(
    getattr(keras.activations, name)
    for name in (
        "celu",
        "elu",
        "gelu",
        "hard_shrink",
        "hard_silu",
        "hard_tanh",
        "leaky_relu",
        "mish",
        "relu",
        "relu6",
        "selu",
        "silu",
        "soft_shrink",
        "softsign",
        "tanh",
        "tanh_shrink",
    )
)


class Layer(Protocol):
    """A layer of a chain; equal layers compute the same function of their weights."""

    @property
    def weights(self) -> tuple[Weight, ...]: ...

    @property
    def n_units(self) -> int: ...

    @property
    def n_functions(self) -> int:
        """How many functions of its input it computes."""
        ...

    @property
    def n_places(self) -> int:
        """At how many places of a row it computes."""
        ...

    def merge(self, other: Any) -> Layer | None: ...

    def __call__(
        self, x: Any, weights: Sequence[Any], choice: Any, context: Context | None
    ) -> tuple[Any, list[Any]]:
        """The output, and the weights that are not trained after the step."""
        ...


@dataclass(frozen=True)
class Dense:
    """``keras.layers.Dense`` without its activation."""

    n_inputs: int
    n_units: int
    use_bias: bool
    n_functions: ClassVar[int] = 1
    n_places: ClassVar[int] = 1

    @property
    def weights(self) -> tuple[Weight, ...]:
        kernel = Weight((self.n_inputs, self.n_units), decays=True)
        return (kernel, Weight((self.n_units,))) if self.use_bias else (kernel,)

    def merge(self, other: Dense) -> Dense | None:
        if self.use_bias != other.use_bias:
            return None
        n_inputs = max(self.n_inputs, other.n_inputs)
        return Dense(n_inputs, max(self.n_units, other.n_units), self.use_bias)

    def __call__(
        self, x: Any, weights: Sequence[Any], choice: Any, context: Context | None
    ) -> tuple[Any, list[Any]]:
        kernel, *bias = weights
        y = ops.matmul(x, kernel)
        return (y + bias[0][:, None, :] if bias else y), []


@dataclass(frozen=True)
class BatchNormalization:
    """``keras.layers.BatchNormalization``, over the rows that are not padding."""

    n_units: int
    momentum: float
    epsilon: float
    n_functions: ClassVar[int] = 1
    n_places: ClassVar[int] = 1

    @property
    def weights(self) -> tuple[Weight, ...]:
        shape = (self.n_units,)
        trained, statistic = Weight(shape), Weight(shape, trained=False)
        return trained, trained, statistic, statistic

    def merge(self, other: BatchNormalization) -> BatchNormalization | None:
        if (self.momentum, self.epsilon) != (other.momentum, other.epsilon):
            return None
        return replace(self, n_units=max(self.n_units, other.n_units))

    def __call__(
        self, x: Any, weights: Sequence[Any], choice: Any, context: Context | None
    ) -> tuple[Any, list[Any]]:
        gamma, beta, moving_mean, moving_variance = weights
        if context is None:
            mean, variance = moving_mean, moving_variance
        else:
            n_rows = ops.sum(context.present, 1, keepdims=True)
            share = (context.present / ops.maximum(n_rows, 1.0))[:, :, None]
            mean = ops.sum(x * share, 1)
            variance = ops.sum(ops.square(x - mean[:, None, :]) * share, 1)
            # A model that sits this step out keeps what it has.
            momentum = ops.where(n_rows > 0, self.momentum, 1.0)
            moving_mean = moving_mean * momentum + mean * (1 - momentum)
            moving_variance = moving_variance * momentum + variance * (1 - momentum)
        scale = gamma * ops.rsqrt(variance + self.epsilon)
        y = x * scale[:, None, :] + (beta - mean * scale)[:, None, :]
        return y, [moving_mean, moving_variance]


@dataclass(frozen=True)
class Activation:
    """``keras.layers.Activation``, or one of several, chosen by each model."""

    n_units: int
    functions: tuple[Function, ...]
    weights: ClassVar[tuple[Weight, ...]] = ()
    n_places: ClassVar[int] = 1

    @property
    def n_functions(self) -> int:
        return len(self.functions)

    def merge(self, other: Activation) -> Activation | None:
        if self == other:
            return self
        functions = tuple(dict.fromkeys(self.functions + other.functions))
        if not _VANISHING.issuperset(functions):
            return None
        return Activation(max(self.n_units, other.n_units), functions)

    def __call__(
        self, x: Any, weights: Sequence[Any], choice: Any, context: Context | None
    ) -> tuple[Any, list[Any]]:
        if len(self.functions) == 1:
            return self.functions[0](x), []
        y: Any = 0.0
        for number, function in enumerate(self.functions):
            chosen = (choice == number)[:, None, None]
            # 0 where another is chosen, and so is the gradient, however large x is.
            y = y + function(ops.where(chosen, x, 0.0))
        return y, []


@dataclass(frozen=True)
class Own:
    """A :class:`skautogen.layers.StackableLayer`, which computes stacks by itself."""

    kind: type[StackableLayer]
    settings: tuple[Hashable, ...]
    weights: tuple[Weight, ...]
    n_units: int
    # At how many steps of a sequence it computes; about as many in every fold.
    n_places: int = field(default=1, compare=False)
    # What its function costs beside that of an activation.
    n_functions: ClassVar[int] = 2

    def merge(self, other: Own) -> Own | None:
        if (self.kind, self.settings) != (other.kind, other.settings):
            return None
        n_units = max(self.n_units, other.n_units)
        if self.weights == other.weights:
            return replace(self, n_units=n_units)
        if not self.kind.can_be_padded:
            return None
        widest = max(self.weights, other.weights, key=lambda each: each[0].shape[-1])
        return replace(self, weights=widest, n_units=n_units)

    def __call__(
        self, x: Any, weights: Sequence[Any], choice: Any, context: Context | None
    ) -> tuple[Any, list[Any]]:
        training = context is not None
        y = self.kind.compute(ops, x, weights, *self.settings, training=training)
        return y, []


@dataclass(frozen=True)
class Chain(Lifted):
    """Layers one after another.

    Attributes
    ----------
    layers : tuple of Layer
    dropped : tuple of int
        After how many layers units are dropped.
    answer : callable
        Activation of the last layer.
    """

    layers: tuple[Layer, ...]
    dropped: tuple[int, ...]
    answer: Function

    can_be_fused = True

    @property
    def weights(self) -> list[Weight]:
        return [each for layer in self.layers for each in layer.weights]

    @property
    def n_between(self) -> int:
        return sum(
            each.n_units * each.n_functions * each.n_places for each in self.layers
        )

    @property
    def n_products(self) -> int:
        return sum(
            each.n_places * sum(weight.size for weight in each.weights)
            for each in self.layers
        )

    @property
    def n_operations(self) -> int:
        return sum(each.n_functions for each in self.layers) + len(self.dropped)

    def choice_numbers(self, single: Single) -> tuple[int, ...]:
        places = [each for each in self.layers if isinstance(each, Activation)]
        return tuple(
            place.functions.index(function)
            for place, function in zip(places, single.activations, strict=True)
        )

    def __call__(
        self, x: Any, weights: Sequence[Any], choices: Any, context: Context | None
    ) -> tuple[Any, list[Any], Any]:
        statistics: list[Any] = []
        first, place = 0, 0
        for number, layer in enumerate(self.layers):
            x = self._drop(x, number, context)
            own = weights[first : first + len(layer.weights)]
            first += len(own)
            choice = None
            if isinstance(layer, Activation):
                choice, place = choices[:, place], place + 1
            x, after = layer(x, own, choice, context)
            statistics += after
        return x, statistics, 0.0

    def _drop(self, x: Any, number: int, context: Context | None) -> Any:
        if context is None or number not in self.dropped:
            return x
        rates = context.rates[:, self.dropped.index(number)]
        return drop(x, rates, context.seeds, number)

    def merge(self, other: Lifted) -> Chain | None:
        if not isinstance(other, Chain) or self._kinds != other._kinds:
            return None
        a, b = self.layers, other.layers
        is_padded = any(
            ours.n_units != theirs.n_units for ours, theirs in zip(a, b, strict=True)
        )
        pairs = [ours.merge(theirs) for ours, theirs in zip(a, b, strict=True)]
        layers = tuple(each for each in pairs if each is not None)
        if len(layers) < len(a) or (is_padded and not _can_be_padded(layers)):
            return None
        dropped = tuple(sorted({*self.dropped, *other.dropped}))
        return Chain(layers, dropped, self.answer)

    @property
    def _kinds(self) -> Any:
        """What merging never changes."""
        last = self.layers[-1]
        return [type(each) for each in self.layers], last.n_units, self.answer

    def fit_in(self, single: Single, lifted: Lifted) -> Single:
        assert isinstance(lifted, Chain)
        own_rates = dict(zip(lifted.dropped, single.rates, strict=True))
        rates = tuple(own_rates.get(place, 0.0) for place in self.dropped)
        return Single(self.pad(single.weights), rates, single.activations)

    def pad(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        pairs = zip(weights, self.weights, strict=True)
        return [_padded(weight, into.shape) for weight, into in pairs]

    def crop(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        return [
            np.ascontiguousarray(weight[tuple(map(slice, of.shape))])
            for weight, of in zip(weights, self.weights, strict=True)
        ]

    def for_keras(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        return weights


def _can_be_padded(layers: Sequence[Layer]) -> bool:
    activations = [each for each in layers if isinstance(each, Activation)]
    return all(_VANISHING.issuperset(each.functions) for each in activations)


def _padded(weight: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    if weight.shape == shape:
        return weight
    missing = zip(weight.shape, shape, strict=True)
    return np.pad(weight, [(0, wanted - there) for there, wanted in missing])
