"""A Keras model as the steps that it computes in, one after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._refusal import CannotGenerateError
from .layers import LayerCode, layer_code
from .preparers import Size


@dataclass(frozen=True)
class Step:
    """One call, and the tensors that it takes and makes.

    Attributes
    ----------
    code : LayerCode
    arguments : tuple
        Of the call: tensors, lists of them, slices, and plain values.
    keywords : dict of str -> object
        The same.
    made : keras.KerasTensor
    """

    code: LayerCode
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    made: Any

    @property
    def taken(self) -> list[Any]:
        """The tensors that it takes."""
        return _tensors((self.arguments, list(self.keywords.values())))


def read_steps(
    model: Any, size: Size | None, *, keeps_dropout: bool = False
) -> list[Step]:
    """Read what a model computes.

    Parameters
    ----------
    model : keras.Model
        Functional, of one input and one output.
    size : Size or None
        What settings of layers are called that depend on training rows.
    keeps_dropout : bool, default=False
        Whether a dropout of 0 is kept, as others have one there.

    Returns
    -------
    steps : list of Step
        In the order in which one reads them; without those that do nothing.

    Raises
    ------
    CannotGenerateError
        If the model is not functional, or has a layer that cannot be written.
    """
    # What layers that do nothing would give is what they are given.
    same: dict[int, Any] = {}
    steps = []
    for operation in _operations_in_order(model):
        (node,) = operation._inbound_nodes
        (made,) = node.outputs
        arguments = _replaced(node.arguments.args, same)
        keywords = {
            name: _replaced(value, same)
            for name, value in node.arguments.kwargs.items()
            if value is not None and name != "training"
        }
        code = layer_code(operation, size, keeps_dropout=keeps_dropout)
        if code is None:
            same[id(made)] = arguments[0]
        else:
            steps.append(Step(code, arguments, keywords, made))
    return _in_reading_order(steps, model.outputs[0])


def _in_reading_order(steps: list[Step], last: Any) -> list[Step]:
    """Each step right before the one that takes what it makes, as far as possible."""
    by_tensor = {id(step.made): step for step in steps}
    ordered: dict[int, Step] = {}
    # Not recursive: networks may be deep.
    waiting = [last]
    while waiting:
        step = by_tensor.get(id(waiting[-1]))
        left = [] if step is None else [t for t in step.taken if id(t) in by_tensor]
        left = [tensor for tensor in left if id(tensor) not in ordered]
        if left:
            waiting.append(left[0])
            continue
        tensor = waiting.pop()
        if step is not None:
            ordered[id(tensor)] = step
    return list(ordered.values())


def _operations_in_order(model: Any) -> list[Any]:
    """The layers, each after those whose outputs it takes."""
    if not hasattr(model, "operations") or len(getattr(model, "inputs", ())) != 1:
        raise CannotGenerateError(
            f"The network is a {type(model).__name__} whose code Keras does not know: "
            "only functional and sequential models of one input can be generated."
        )
    if len(model.outputs) != 1 or model.losses:
        raise CannotGenerateError(
            f"The network has {len(model.outputs)} outputs and {len(model.losses)} "
            "losses of its own; only networks of one output and none can be generated."
        )
    operations = [
        each for each in model.operations if type(each).__name__ != "InputLayer"
    ]
    for operation in operations:
        if len(operation._inbound_nodes) != 1:
            raise CannotGenerateError(
                f"Layer {operation.name!r} is used {len(operation._inbound_nodes)} "
                "times; only networks that use each layer once can be generated."
            )
    return operations


def is_tensor(value: Any) -> bool:
    """Whether something is what a layer takes and makes."""
    return type(value).__name__ == "KerasTensor"


def _tensors(value: Any) -> list[Any]:
    """The tensors in arguments of a call."""
    if is_tensor(value):
        return [value]
    if isinstance(value, (list, tuple)):
        return [tensor for each in value for tensor in _tensors(each)]
    return []


def _replaced(value: Any, same: dict[int, Any]) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_replaced(each, same) for each in value)
    return same.get(id(value), value) if is_tensor(value) else value
