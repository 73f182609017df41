"""The lift of any Keras model: its own stateless call, mapped over stacked weights."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from keras import ops

from .._optimizers import decays
from ._compiler import get_compiler
from ._lift import Context, Lifted, NotStackableError, Single, Weight
from ._losses import LOOKED_BEHIND
from ._masks import drop_one

# Batch statistics would count the rows that pad a batch.
_OVER_ROWS = (keras.layers.BatchNormalization, keras.layers.SpectralNormalization)


@dataclass
class Seed:
    """The seed of the model that is being called, for its dropout layers."""

    now: Any = None


@dataclass(frozen=True)
class Mapped(Lifted):
    """A Keras model called for each of m sets of weights.

    Attributes
    ----------
    key : hashable
        Equal for models that compute the same function of their weights.
    variables : tuple of Weight
        Those that are trained, then the others, seeds included.
    answer, to_z : callable
        From z to the model's output, and from what ``model`` gives to z.
    n_steps : int
        Of the sequences that the rows are, if they are.
    model : keras.Model
        Its dropout layers draw from ``seed``.
    seed : Seed
    """

    key: Hashable
    variables: tuple[Weight, ...]
    answer: Callable[[Any], Any]
    to_z: Callable[[Any], Any]
    n_steps: int = field(compare=False)
    model: keras.Model = field(compare=False, repr=False)
    seed: Seed = field(compare=False, repr=False)
    # XLA cannot compile what TensorFlow makes of a recurrent layer.
    can_be_fused = False

    @property
    def weights(self) -> tuple[Weight, ...]:
        return self.variables

    @property
    def n_between(self) -> int:
        n_units = sum(each.shape[-1] for each in self.weights if each.shape)
        return n_units * self.n_steps

    @property
    def n_products(self) -> int:
        return self.n_steps * sum(each.size for each in self.weights)

    @property
    def n_operations(self) -> int:
        return 2 * len(self.model._flatten_layers())

    def choice_numbers(self, single: Single) -> tuple[int, ...]:
        return ()

    def __call__(
        self, x: Any, weights: Sequence[Any], choices: Any, context: Context | None
    ) -> tuple[Any, list[Any], Any]:
        trained = sum(each.trained for each in self.weights)
        knows = self.model._call_has_training_arg
        training = {"training": context is not None} if knows else {}
        # Without a context nothing is dropped, and the seeds are not looked at.
        seeds = choices[:, :1] if context is None else context.seeds

        def call_one(each: Any) -> Any:
            x, weights, self.seed.now = each
            y, others, losses = self.model.stateless_call(
                weights[:trained],
                weights[trained:],
                x,
                **training,
                return_losses=True,
            )
            penalty = sum(losses) if losses else ops.zeros(())
            return self.to_z(ops.cast(y, "float32")), list(others), penalty

        stacked = (x, list(weights), seeds)
        z, statistics, penalty = get_compiler().map_models(call_one, stacked)
        return z, statistics, penalty

    def merge(self, other: Lifted) -> Mapped | None:
        return self if self == other else None

    def fit_in(self, single: Single, lifted: Lifted) -> Single:
        return single

    def pad(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        return weights

    def crop(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        return weights

    def for_keras(self, weights: list[np.ndarray]) -> list[np.ndarray]:
        # Seeds are variables, and no weights.
        variables = map(id, _variables(self.model))
        of = dict(zip(variables, weights, strict=True))
        return [of[id(each)] for each in self.model.weights]


def lift_any(
    model: keras.Model, loss: str, key: Hashable, n_steps: int = 1
) -> tuple[Mapped, Single]:
    """Lift a model of whatever layers; see :func:`._lift.lift`.

    Raises
    ------
    NotStackableError
        If it would not be trained as Keras trains it.
    """
    for name in ("train_step", "compute_loss", "test_step", "fit"):
        if getattr(type(model), name) is not getattr(keras.Model, name):
            raise NotStackableError(f"{type(model).__name__} has a {name} of its own")
    seed = Seed()
    for number, layer in enumerate(model._flatten_layers()):
        _check_layer(layer)
        if type(layer) is keras.layers.Dropout and layer.noise_shape is None:
            _draw_from(seed, layer, number)
    answer, to_z = _split_answer(model, loss)
    trainable = {id(each) for each in model.trainable_variables}
    variables = _variables(model)
    weights = tuple(
        Weight(
            shape=tuple(each.shape),
            trained=id(each) in trainable,
            decays=decays(each.name),
            dtype=keras.backend.standardize_dtype(each.dtype),
        )
        for each in variables
    )
    # NumPy would warn of how a variable, other than a tensor, gives its array.
    tensors = map(ops.convert_to_tensor, variables)
    values = [ops.convert_to_numpy(each) for each in tensors]
    signature = key, loss, _describe(model)
    lifted = Mapped(signature, weights, answer, to_z, n_steps, model, seed)
    return lifted, Single(values)


def _describe(model: keras.Model) -> Hashable:
    """The configuration of a model, its layers by their order and not by their names.

    A builder may read what ``key`` does not tell. What a subclassed model computes
    stands nowhere: each is equal to itself alone.
    """
    if type(model).__module__.partition(".")[0] != "keras":
        return object()
    layers = [model, *model._flatten_layers()]
    numbers = {layer.name: f"layer {number}" for number, layer in enumerate(layers)}

    def by_number(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: by_number(each) for name, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [by_number(each) for each in value]
        return numbers.get(value, value) if isinstance(value, str) else value

    return repr(by_number(model.get_config()))


def _variables(model: keras.Model) -> list[Any]:
    return [*model.trainable_variables, *model.non_trainable_variables]


def _check_layer(layer: Any) -> None:
    what = f"layer {layer.name!r} ({type(layer).__name__})"
    if isinstance(layer, _OVER_ROWS):
        raise NotStackableError(f"{what} computes over the rows of a batch")
    if isinstance(layer, keras.layers.Lambda) or layer.activity_regularizer is not None:
        raise NotStackableError(f"{what} may compute over the rows of a batch")
    if layer.compute_dtype != "float32":
        raise NotStackableError(f"{what} computes in {layer.compute_dtype}")
    if isinstance(getattr(layer, "activation", None), keras.layers.Layer):
        raise NotStackableError(f"{what} has a layer for its activation")
    for variable in layer._trainable_variables:
        if variable.constraint is not None:
            raise NotStackableError(f"{what} has a constraint on {variable.name}")


def _draw_from(seed: Seed, layer: keras.layers.Dropout, number: int) -> None:
    """Let a dropout layer draw its masks for the model that is being called.

    Keras' own state of a seed cannot be mapped over models in TensorFlow.
    """

    def call(inputs: Any, training: bool = False) -> Any:
        if not training or layer.rate == 0:
            return inputs
        return drop_one(inputs, layer.rate, seed.now, number)

    layer.call = call


def _split_answer(
    model: keras.Model, loss: str
) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """The last activation, taken off the model where that is a Dense layer's.

    Otherwise losses are computed from the model's output, as Keras does.
    """
    outputs = getattr(model, "outputs", None) or []
    if len(outputs) > 1:
        raise NotStackableError("it has several outputs")
    last = outputs[0]._keras_history.operation if outputs else None
    # Not where the layer is called in other places, too.
    if isinstance(last, keras.layers.Dense) and len(last._inbound_nodes) == 1:
        answer, linear = last.activation, keras.activations.linear
        if answer in LOOKED_BEHIND[loss]:
            last.activation = linear
            return answer, linear
    return _FROM_OUTPUT[loss]


def _logit(p: Any) -> Any:
    p = ops.clip(p, _EPSILON, 1 - _EPSILON)
    return ops.log(p) - ops.log(1 - p)


def _log(p: Any) -> Any:
    return ops.log(ops.clip(p, _EPSILON, 1 - _EPSILON))


_EPSILON = keras.config.epsilon()
_FROM_OUTPUT: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "binary_crossentropy": (keras.activations.sigmoid, _logit),
    "sparse_categorical_crossentropy": (keras.activations.softmax, _log),
    "mean_squared_error": (keras.activations.linear, keras.activations.linear),
}
