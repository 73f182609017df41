"""A chain of Keras layers as plain data: a structure of the user's without code."""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._backend import load_keras
from .._spelling import unknown_name
from ._head import output_layer
from ._layer_names import LAYER_NAMES
from ._ranges import drawn_from, is_range, middle_of

if TYPE_CHECKING:
    import keras

# A layer in one of its written forms: its name, or the name and its arguments.
Layer = str | Mapping[str, Mapping[str, Any] | None]


class _OfInstances:
    """The signature of an instance; the class keeps its own."""

    def __get__(self, layers: LayerList | None, owner: type) -> Any:
        return None if layers is None else layers._make_signature()


class LayerList:
    """A structure of your own as a list of Keras layers, with ranges for numbers.

    Choose it where a configuration file or plain data describe the network. It is a
    builder for ``architecture=``: its ranges are the hyper-parameters. The input, which
    brings pixels to a common scale, and the output layer are added by the data.

    Parameters
    ----------
    layers : list
        Each a name of ``keras.layers``, or a dict of the name and its arguments:
        ``"Flatten"``, ``{"Dense": {"units": 64}}``. An argument is a value, or a range
        in its place: ``{"low": 16, "high": 256, "log": True}``, where both ends are
        among the values, or ``{"choices": [0.1, 0.3]}``; of layers around another
        layer, such as ``Bidirectional``, that layer.
    representation : {"tokens"}, default=None
        For texts: the numbers of their tokens, which an ``Embedding`` takes; it needs
        no ``input_dim`` then.

    Attributes
    ----------
    space : dict
        Each hyper-parameter, and what it is drawn from: the ``param_space`` of an
        estimator. It is called by the layer and the argument, ``dense_units``, with the
        layer's number where there are several of its class, ``dense_2_units``; or by
        the layer's own ``name``.

    Examples
    --------
    >>> from skautogen.architectures.layer_list import LayerList
    >>> layers = LayerList(
    ...     [
    ...         {"Dense": {"units": {"choices": [8, 16]}, "activation": "relu"}},
    ...         {"Dropout": {"rate": 0.1}},
    ...     ]
    ... )
    >>> layers.space
    {'dense_units': [8, 16]}
    >>> meta = {"X_shape_": (150, 4), "target_type_": "multiclass", "n_classes_": 3}
    >>> layers(meta, dense_units=8).count_params()
    67
    """

    __signature__ = _OfInstances()

    def __init__(
        self, layers: Sequence[Layer], representation: str | None = None
    ) -> None:
        self.layers = layers
        self.representation = representation

    def __call__(self, meta: Mapping[str, Any], **hyperparameters: Any) -> keras.Model:
        """Build the network."""
        keras = load_keras()
        inputs, hidden = _begin(meta)
        for number, each in enumerate(named_layers(self.layers)):
            label, name, arguments = each
            given = _filled_in(label, arguments, hyperparameters)
            if name == "Embedding" and "n_tokens_" in meta:
                given.setdefault("input_dim", meta["n_tokens_"])
            try:
                hidden = make_layer(name, given)(hidden)
            except ValueError as error:
                raise ValueError(
                    f"layers[{number}], {name}, cannot stand after what gives shape "
                    f"{tuple(hidden.shape[1:])} a row: {error}"
                ) from error
        if len(hidden.shape) != 2:
            raise ValueError(
                f"The last layer gives {len(hidden.shape) - 1} axes a row, of shape "
                f"{tuple(hidden.shape[1:])}, and the output layer takes one. End with "
                "Flatten, or a pooling layer such as GlobalAveragePooling2D."
            )
        return keras.Model(inputs, output_layer(dict(meta))(hidden))

    @property
    def space(self) -> dict[str, Any]:
        """What each hyper-parameter is drawn from."""
        return {name: drawn_from(given) for name, given in self._ranges()}

    def _ranges(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for label, _, arguments in named_layers(self.layers):
            yield from _ranges_in(label, arguments)

    def _make_signature(self) -> inspect.Signature:
        parameters = [
            inspect.Parameter("meta", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        ]
        for name, given in self._ranges():
            default = middle_of(given)
            parameters.append(
                inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
            )
        return inspect.Signature(parameters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LayerList) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return json.dumps([self.layers, self.representation])

    def __repr__(self) -> str:
        return f"LayerList({self.layers!r}, representation={self.representation!r})"


def split_layer(layer: Layer) -> tuple[str, Mapping[str, Any]]:
    """The name of a layer and its arguments, in whichever form it is written.

    Parameters
    ----------
    layer : str or mapping

    Returns
    -------
    name : str
    arguments : mapping
    """
    if isinstance(layer, str):
        return layer, {}
    ((name, arguments),) = layer.items()
    return name, arguments or {}


def named_layers(
    layers: Sequence[Layer],
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield what the hyper-parameters of each layer begin with, its name and arguments.

    Parameters
    ----------
    layers : sequence of layers

    Yields
    ------
    label, name : str
    arguments : mapping
    """
    split = [split_layer(each) for each in layers]
    counts = Counter(name for name, _ in split)
    seen: Counter[str] = Counter()
    for name, arguments in split:
        seen[name] += 1
        label = _snake_case(name)
        if counts[name] > 1:
            label = f"{label}_{seen[name]}"
        yield str(arguments.get("name", label)), name, arguments


def make_layer(name: str, arguments: Mapping[str, Any]) -> keras.layers.Layer:
    """Make a layer of Keras', and those that it is put around.

    Parameters
    ----------
    name : str
        In ``keras.layers``, and one of those that may stand in a chain.
    arguments : mapping
        Values, and layers in one of their written forms.

    Returns
    -------
    layer : keras.layers.Layer

    Raises
    ------
    ValueError
        If it is none that may stand in a chain. Others run code, or read files, which a
        file of a saved estimator must not.
    """
    if name not in LAYER_NAMES:
        raise ValueError(unknown_name("layer", name, LAYER_NAMES))
    made = {
        key: make_layer(*split_layer(value)) if isinstance(value, Mapping) else value
        for key, value in arguments.items()
    }
    layer: keras.layers.Layer = getattr(load_keras().layers, name)(**made)
    return layer


def _begin(meta: Mapping[str, Any]) -> tuple[Any, Any]:
    """The input that suits the data, and what the first layer is given."""
    layers = load_keras().layers
    shape = tuple(meta["X_shape_"][1:])
    if "n_tokens_" in meta:
        shape = (None,)
    elif len(shape) == 2 and "sampling_rate_" not in meta:
        shape = (None, shape[-1])  # sequences are as long as they are
    inputs = layers.Input(shape)
    if "pixel_scale_" not in meta:
        return inputs, inputs
    mean, scale = meta["pixel_mean_"], meta["pixel_scale_"]
    offset = [-m / s for m, s in zip(mean, scale, strict=True)]
    return inputs, layers.Rescaling([1 / each for each in scale], offset)(inputs)


def _ranges_in(
    label: str, arguments: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for argument, value in arguments.items():
        if is_range(value):
            yield f"{label}_{argument}", value
        elif isinstance(value, Mapping):
            yield from _ranges_in(f"{label}_{argument}", split_layer(value)[1])


def _filled_in(
    label: str, arguments: Mapping[str, Any], hyperparameters: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments, with a number in the place of each range."""
    filled: dict[str, Any] = {}
    for argument, value in arguments.items():
        name = f"{label}_{argument}"
        if is_range(value):
            filled[argument] = hyperparameters.get(name, middle_of(value))
        elif isinstance(value, Mapping):
            inner, of_inner = split_layer(value)
            filled[argument] = {inner: _filled_in(name, of_inner, hyperparameters)}
        else:
            filled[argument] = value
    return filled


def _snake_case(name: str) -> str:
    """As Keras writes the names of its layers: ``max_pooling2d``, ``lstm``."""
    apart = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", apart).lower()
