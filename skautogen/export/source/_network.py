"""A Keras model as the code that builds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ._convolve import join_convolutions
from ._fragment import Fragment
from ._literals import call, literal
from ._steps import Step, is_tensor, read_steps
from ._tensor_names import name_tensors
from .preparers import PreparationSource


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


def network_source(
    model: Any, description: str, preparation: PreparationSource
) -> NetworkSource:
    """Write the function that builds a model.

    Parameters
    ----------
    model : keras.Model
        Functional, of one input and one output.
    description : str
        Of the network, for the docstring.
    preparation : PreparationSource
        Of what the network takes.

    Returns
    -------
    source : NetworkSource

    Raises
    ------
    CannotGenerateError
        If the model is not functional, or has a layer that cannot be written.
    """
    model = functional(model)
    steps = join_convolutions(read_steps(model, preparation.size))
    return write_build(model, steps, preparation, description)


def functional(model: Any) -> Any:
    """What a sequential model is made of; other models as they are."""
    return getattr(model, "_functional", None) or model


def write_build(
    model: Any,
    steps: Sequence[Step],
    preparation: PreparationSource,
    description: str,
    name: str = "build_model",
    taken: tuple[str, ...] = (),
) -> NetworkSource:
    """Write the function that carries out steps.

    Parameters
    ----------
    model : keras.Model
        That the steps were read of.
    steps : sequence of Step
    preparation : PreparationSource
    description : str
        Of the network, for the docstring.
    name : str, default="build_model"
    taken : tuple of str, default=()
        Arguments of the function, before the size.

    Returns
    -------
    source : NetworkSource
    """
    size = preparation.size
    inputs, outputs = model.inputs[0], model.outputs[0]
    names = name_tensors(list(steps), inputs, outputs, preparation.nouns)
    sizes = () if size is None else (f"{size.name}: int",)
    code = "\n".join(
        [
            call(f"def {name}(", [*taken, *sizes], " -> keras.Model:", 0),
            f'    """Build the network: {description}."""',
            f"    inputs = keras.Input({preparation.input_shape})",
            *(_statement(step, names) for step in steps),
            f"    return keras.Model(inputs, {names[id(outputs)]})",
        ]
    )
    known = {"layers.": "from keras import layers", "ops.": "from keras import ops"}
    imports = [line for word, line in known.items() if f" {word}" in code]
    parts = dict.fromkeys(part for step in steps for part in step.code.parts)
    return NetworkSource(tuple(parts), Fragment.of(code, "import keras", *imports))


def _statement(step: Step, names: dict[int, str]) -> str:
    taken = [_written(each, names) for each in step.arguments]
    keywords = step.keywords.items()
    taken += [f"{name}={_written(value, names)}" for name, value in keywords]
    return step.code.statement(names[id(step.made)], taken)


def _written(value: Any, names: dict[int, str]) -> str:
    """An argument of a call, as source."""
    if is_tensor(value):
        return names[id(value)]
    if isinstance(value, list):
        return f"[{', '.join(_written(each, names) for each in value)}]"
    if isinstance(value, tuple):  # of a subscript
        return ", ".join(_written(each, names) for each in value)
    if isinstance(value, slice):
        ends = [value.start, value.stop]
        ends += [] if value.step is None else [value.step]
        return ":".join("" if end is None else str(end) for end in ends)
    return "..." if value is Ellipsis else literal(value)
