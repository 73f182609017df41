"""A Keras model as the code that builds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ._fragment import Fragment
from ._refusal import CannotGenerateError
from .layers import layer_code


@dataclass(frozen=True)
class NetworkSource:
    """What builds a network.

    Attributes
    ----------
    parts : tuple of str
        Files of :mod:`.parts` that it needs.
    build : Fragment
        The function ``build_model``.
    """

    parts: tuple[str, ...]
    build: Fragment


def network_source(model: Any, description: str) -> NetworkSource:
    """Write the function that builds a model.

    Parameters
    ----------
    model : keras.Model
        Functional, of one input and one output.
    description : str
        Of the network, for the docstring.

    Returns
    -------
    source : NetworkSource

    Raises
    ------
    CannotGenerateError
        If the model is not functional, or has a layer that cannot be written.
    """
    # What a sequential model is made of.
    model = getattr(model, "_functional", None) or model
    operations = _operations_in_order(model)
    names = _name_tensors(model, operations)
    parts: list[str] = []
    lines = [f"    inputs = keras.Input({_input_shape(model)})"]
    uses_layers = False
    for operation in operations:
        code = layer_code(operation)
        parts += code.parts
        uses_layers |= code.function.startswith("layers.")
        made, taken = names[id(operation.output)], _taken(operation, names)
        lines.append(code.statement(made, taken))
    last = names[id(model.outputs[0])]
    body = "\n".join(lines)
    code_text = (
        "def build_model(n_features: int) -> keras.Model:\n"
        f'    """Build the network: {description}."""\n'
        f"{body}\n"
        f"    return keras.Model(inputs, {last})"
    )
    imports = ["import keras"] + ["from keras import layers"] * uses_layers
    return NetworkSource(tuple(dict.fromkeys(parts)), Fragment.of(code_text, *imports))


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


def _name_tensors(model: Any, operations: list[Any]) -> dict[int, str]:
    """One name for all where each layer takes what the one before it made."""
    names = {id(model.inputs[0]): "inputs"}
    before = model.inputs[0]
    is_chain = True
    for operation in operations:
        is_chain &= operation.input is before
        before = operation.output
    for operation in operations:
        is_last = operation.output is model.outputs[0]
        name = "x" if is_chain else operation.name
        names[id(operation.output)] = "outputs" if is_last else name
    return names


def _taken(operation: Any, names: dict[int, str]) -> str:
    """What goes into a layer, as an argument."""
    taken = operation.input
    if isinstance(taken, (list, tuple)):
        return f"[{', '.join(names[id(each)] for each in taken)}]"
    return names[id(taken)]


def _input_shape(model: Any) -> str:
    shape = model.inputs[0].shape[1:]
    # Categories are learnt in training: rows tell how many numbers there are.
    return "(n_features,)" if len(shape) == 1 else repr(tuple(shape))
