"""What a Keras model is made of, read for a picture: boxes, and arrows between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from ._naming import is_number

# A model inside a model is shown with its parts if it has at most so many boxes.
_MOST_INSIDE = 14
# Settings of a layer that is not Keras' own, at most; letters in a line.
_MOST_SETTINGS, _LETTERS = 5, 30

_TIMES = " \N{MULTIPLICATION SIGN} "

# What stands behind a layer and changes no axis is told in the box of that layer.
_JOINED = {
    "Activation",
    "AlphaDropout",
    "BatchNormalization",
    "Dropout",
    "ELU",
    "Flatten",
    "GaussianDropout",
    "GaussianNoise",
    "GroupNormalization",
    "LayerNormalization",
    "LeakyReLU",
    "PReLU",
    "ParametricActivation",
    "ReLU",
    "RMSNormalization",
    "Softmax",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "UnitNormalization",
}

# Of the many settings of Keras' layers, those that say what a layer does.
_TOLD = {
    "units": "{} units",
    "filters": "{} filters",
    "kernel_size": "kernel {}",
    "strides": "stride {}",
    "dilation_rate": "dilation {}",
    "pool_size": "of {}",
    "size": "by {}",
    "num_heads": "{} heads",
    "input_dim": "{} entries",
    "output_dim": "{} numbers each",
    "rate": "{}",
}
# Those that are told only where they do something.
_USUAL = {"strides": 1, "dilation_rate": 1}
_BASE_SETTINGS = {"name", "trainable", "dtype", "activation", "seed"}


class Role(Enum):
    """What a box is, for its colour."""

    INPUT = "input"
    DENSE = "dense"
    CONVOLUTION = "convolution"
    SEQUENCE = "sequence"
    OTHER = "other"
    MODEL = "model"
    OUTPUT = "output"


@dataclass(frozen=True)
class Box:
    """A layer, with what is joined to it, or a model inside the model.

    Attributes
    ----------
    title : str
        The class of the layer.
    lines : tuple of str
        Its settings, and what is joined to it, in the order in which rows go through.
    shape : str
        Of what it gives for a row; empty if that is not known.
    n_params : int
    role : Role
    inside : Diagram or None
        Of a model inside the model, where it is shown with its parts.
    """

    title: str
    lines: tuple[str, ...]
    shape: str
    n_params: int
    role: Role
    inside: Diagram | None = None

    @property
    def foot(self) -> str:
        """The shape and the number of parameters, in a line."""
        counted = "parameter" if self.n_params == 1 else "parameters"
        parts = [self.shape, f"{self.n_params:,} {counted}" if self.n_params else ""]
        return "  ·  ".join(filter(None, parts))


@dataclass(frozen=True)
class Diagram:
    """The boxes of a model, and the arrows between them.

    Attributes
    ----------
    boxes : tuple of Box
        From the inputs to the outputs.
    arrows : tuple of (int, int)
        From the number of one box to that of another. Of a model that does not tell
        how its layers are connected there are none.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[tuple[int, int], ...]


def read_structure(model: Any) -> Diagram:
    """Read what a Keras model is made of.

    Parameters
    ----------
    model : keras.Model
        Built. A subclassed one has its layers in the order in which they were made,
        without arrows.

    Returns
    -------
    structure : Diagram

    Examples
    --------
    >>> import keras
    >>> from skautogen.report._structure import read_structure
    >>> inputs = keras.Input((4,))
    >>> hidden = keras.layers.Dense(8, activation="relu")(inputs)
    >>> hidden = keras.layers.Dropout(0.5)(hidden)
    >>> model = keras.Model(inputs, keras.layers.Dense(1)(hidden))
    >>> structure = read_structure(model)
    >>> [(box.title, box.lines, box.n_params) for box in structure.boxes]
    [('Input', (), 0), ('Dense', ('8 units, relu, Dropout 0.5',), 40),
     ('Dense', ('1 unit',), 9)]
    >>> structure.arrows
    ((0, 1), (1, 2))
    """
    calls = _calls_of(model)
    if calls is None:
        boxes = [_box_of(layer, "") for layer in model.layers]
        return Diagram(tuple(boxes), ())
    boxes = _boxes_of(calls)
    structure = Diagram(tuple(boxes), _arrows_of(calls))
    return _joined(_with_outputs(structure), calls)


def _calls_of(model: Any) -> list[Any] | None:
    """The calls of layers and functions that a model consists of, in order.

    A layer that is used twice is called twice. None for a subclassed model.
    """
    # A Sequential has its graph one level below.
    graph = getattr(model, "_functional", None) or model
    by_depth = getattr(graph, "_nodes_by_depth", None)
    if by_depth is None:
        return None
    return [
        call for depth in sorted(by_depth, reverse=True) for call in by_depth[depth]
    ]


def _boxes_of(calls: Sequence[Any]) -> list[Box]:
    seen: set[int] = set()
    boxes = []
    for call in calls:
        box = _box_of(call.operation, _shape_of(call.outputs[0].shape))
        if id(call.operation) in seen and box.n_params:
            shared = (*box.lines, "the same weights again")
            box = replace(box, lines=shared, n_params=0, inside=None)
        seen.add(id(call.operation))
        boxes.append(box)
    return boxes


def _arrows_of(calls: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    number = {id(call): k for k, call in enumerate(calls)}
    arrows = {
        (number[id(parent)], number[id(call)])
        for call in calls
        for parent in call.parent_nodes
        if id(parent) in number
    }
    return tuple(sorted(arrows))


def _with_outputs(structure: Diagram) -> Diagram:
    """Mark the boxes that nothing comes after."""
    origins = {start for start, _ in structure.arrows}
    boxes = tuple(
        box
        if number in origins or box.role in (Role.INPUT, Role.MODEL)
        else replace(box, role=Role.OUTPUT)
        for number, box in enumerate(structure.boxes)
    )
    return replace(structure, boxes=boxes)


def _joined(structure: Diagram, calls: Sequence[Any]) -> Diagram:
    """Tell activations, normalisations and the like in the box of the layer before."""
    before: dict[int, list[int]] = {k: [] for k in range(len(calls))}
    after: dict[int, list[int]] = {k: [] for k in range(len(calls))}
    for start, end in structure.arrows:
        before[end].append(start)
        after[start].append(end)
    boxes, home = dict(enumerate(structure.boxes)), {}
    for number, call in enumerate(calls):
        home[number] = number
        if type(call.operation).__name__ not in _JOINED or len(before[number]) != 1:
            continue
        host = home[before[number][0]]
        if len(after[before[number][0]]) == 1 and boxes[host].role is not Role.INPUT:
            home[number] = host
            boxes[host] = _join(boxes[host], boxes.pop(number))
    place = {number: k for k, number in enumerate(sorted(boxes))}
    arrows = {(place[home[a]], place[home[b]]) for a, b in structure.arrows}
    return Diagram(
        tuple(boxes[number] for number in sorted(boxes)),
        tuple(sorted((a, b) for a, b in arrows if a != b)),
    )


def _join(host: Box, guest: Box) -> Box:
    told = " ".join([guest.title, *guest.lines])
    if guest.title == "Activation":
        told = ", ".join(guest.lines)
    does_nothing = told.endswith("Dropout 0")
    is_output = guest.role is Role.OUTPUT and host.role is not Role.MODEL
    return replace(
        host,
        lines=host.lines if does_nothing else _in_lines([*host.lines, told]),
        shape=guest.shape,
        n_params=host.n_params + guest.n_params,
        role=Role.OUTPUT if is_output else host.role,
    )


def _in_lines(parts: Sequence[str]) -> tuple[str, ...]:
    """Put parts side by side, as many as a line takes."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}, {part}" if lines else part
        if lines and len(longer) <= _LETTERS:
            lines[-1] = longer
        else:
            lines.append(part)
    return tuple(lines)


def _box_of(operation: Any, shape: str) -> Box:
    """The box of one layer, function or model."""
    name = type(operation).__name__
    n_params = _count_params(operation)
    if name == "InputLayer":
        return Box("Input", (), shape, 0, Role.INPUT)
    if hasattr(operation, "layers") and hasattr(operation, "summary"):
        return _box_of_model(operation, shape, n_params)
    wrapped = getattr(operation, "layer", None) or getattr(
        operation, "forward_layer", None
    )
    title = f"{name} of {type(wrapped).__name__}" if wrapped is not None else name
    lines = _settings(operation if wrapped is None else wrapped)
    if n_params and not getattr(operation, "trainable", True):
        lines = (*lines, "frozen")
    return Box(title, lines, shape, n_params, _role_of(title))


def _box_of_model(model: Any, shape: str, n_params: int) -> Box:
    inside = read_structure(model)
    title = f"{model.name} ({type(model).__name__})"
    if _count_boxes(inside) <= _MOST_INSIDE:
        return Box(title, (), shape, n_params, Role.MODEL, inside)
    kinds = Counter(type(layer).__name__ for layer in model.layers)
    most = [f"{count} {name}" for name, count in kinds.most_common(3)]
    lines = (f"{len(model.layers)} layers, among them", ", ".join(most))
    return Box(title, lines, shape, n_params, Role.MODEL)


def _count_boxes(structure: Diagram) -> int:
    return sum(_count_boxes(box.inside) if box.inside else 1 for box in structure.boxes)


def _count_params(operation: Any) -> int:
    try:
        return int(operation.count_params())
    except (AttributeError, ValueError):  # a function has none; a layer is not built
        return 0


def _role_of(title: str) -> Role:
    if "Dense" in title or "Embedding" in title or "Residual" in title:
        return Role.DENSE
    if "Conv" in title or "Pooling" in title:
        return Role.CONVOLUTION
    if any(each in title for each in ("LSTM", "GRU", "RNN", "Attention")):
        return Role.SEQUENCE
    return Role.OTHER


def _settings(layer: Any) -> tuple[str, ...]:
    """What is to be known of a layer, in lines."""
    try:
        config = dict(layer.get_config())
    except Exception:  # of a layer of the user's, which need not have one
        return ()
    is_keras = type(layer).__module__.partition(".")[0] == "keras"
    told = _told(config) if is_keras else _all_plain(config)
    activation = _name_of_activation(config)
    return _in_lines([*told, *activation])


def _told(config: Mapping[str, Any]) -> list[str]:
    told = []
    for name, words in _TOLD.items():
        value = config.get(name)
        if isinstance(value, (list, tuple)) and len(set(value)) == 1:
            value = value[0] if name in _USUAL else value
        if value is None or value == _USUAL.get(name, object()):
            continue
        if value == 1:
            words = words.replace("units", "unit").replace("filters", "filter")
        told.append(words.format(_plain(value)))
    return told


def _all_plain(config: Mapping[str, Any]) -> list[str]:
    """The settings of a layer of ours or of the user's, by their own names."""
    plain = [
        f"{name} {_plain(value)}"
        for name, value in config.items()
        if name not in _BASE_SETTINGS
        and (is_number(value) or isinstance(value, (str, tuple, list)))
    ]
    return plain[:_MOST_SETTINGS]


def _name_of_activation(config: Mapping[str, Any]) -> list[str]:
    function = config.get("activation")
    if isinstance(function, Mapping):  # an activation that is a layer, or the user's
        function = function.get("registered_name") or function.get("class_name")
    return [str(function)] if function not in (None, "linear") else []


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return _TIMES.join(map(_plain, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _shape_of(shape: Sequence[int | None]) -> str:
    """A shape without the axis of the rows."""
    return _TIMES.join("any" if n is None else str(n) for n in shape[1:]) or "1"
