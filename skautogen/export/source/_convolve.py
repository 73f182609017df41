"""Convolutions with their normalisation and activation as one call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ._steps import Step
from .layers import LayerCode

# What the function of :mod:`.parts.convolve` does.
_OF_CONVOLUTION = {
    'padding="same"',
    "use_bias=False",
    'kernel_initializer="he_normal"',
}
_NORMALISES = LayerCode("layers.BatchNormalization", ("momentum=0.9",))


def join_convolutions(steps: list[Step]) -> list[Step]:
    """Write convolve-normalise-activate as a function, where it is there repeatedly.

    Parameters
    ----------
    steps : list of Step

    Returns
    -------
    steps : list of Step
    """
    joined = []
    place = 0
    while place < len(steps):
        some = _chain(steps, place)
        joined.append(some[0] if len(some) == 1 else _as_one(some))
        place += len(some)
    n_calls = sum(each.code.function == "convolve" for each in joined)
    return joined if n_calls > 1 else steps


def _chain(steps: list[Step], place: int) -> list[Step]:
    """Steps from a place on that are one convolution, or the one that is there."""
    first, *others = steps[place : place + 3]
    is_convolution = first.code.function == "layers.Conv2D"
    if not is_convolution or not set(first.code.arguments) >= _OF_CONVOLUTION:
        return [first]
    if not others or not _follows(others[0], first, steps):
        return [first]
    if replace(others[0].code, noun=_NORMALISES.noun) != _NORMALISES:
        return [first]
    activates = len(others) > 1 and others[1].code.function == "layers.Activation"
    if activates and _follows(others[1], others[0], steps):
        return [first, *others]
    return [first, others[0]]


def _follows(step: Step, before: Step, steps: list[Step]) -> bool:
    """Whether a step takes what the one before has made, and no other does."""
    takers = [each for each in steps if any(t is before.made for t in each.taken)]
    return takers == [step]


def _as_one(some: list[Step]) -> Step:
    own = [each for each in some[0].code.arguments if each not in _OF_CONVOLUTION]
    filters, kernel_size, *others = own
    arguments = [filters]
    if kernel_size != "3":
        arguments.append(f"kernel_size={kernel_size}")
    arguments += others
    activation: Any = None if len(some) == 2 else some[2].code.arguments[0]
    if activation != '"relu"':
        arguments.append(f"activation={activation}")
    code = LayerCode("convolve", tuple(arguments), ("convolve",), True, "hidden")
    return Step(code, some[0].arguments, some[0].keywords, some[-1].made)
