"""What the tensors of a network are called in its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._steps import Step


def name_tensors(
    steps: list[Step], inputs: Any, outputs: Any, nouns: Mapping[str, str]
) -> dict[int, str]:
    """Name tensors as people do: x is what was made last, others have names.

    Parameters
    ----------
    steps : list of Step
    inputs, outputs : keras.KerasTensor
    nouns : mapping of str -> str
        Better words for some of those that layers have for what they make.

    Returns
    -------
    names : dict of int -> str
        By the identities of the tensors.
    """
    names = {id(inputs): "inputs"}
    for number, step in enumerate(steps):
        if step.made is outputs:
            name = "outputs"
        elif _is_taken_next_alone(step.made, steps, number):
            name = "x"
        else:
            noun = nouns.get(step.code.noun, step.code.noun)
            name = _unused(noun, set(names.values()))
        names[id(step.made)] = name
    return names


def _is_taken_next_alone(tensor: Any, steps: list[Step], number: int) -> bool:
    """Whether the step after this one takes a tensor, and no other does."""
    takers = [
        place
        for place, step in enumerate(steps)
        if any(each is tensor for each in step.taken)
    ]
    return takers == [number + 1]


def _unused(noun: str, names: set[str]) -> str:
    """A name that nothing has yet: with a number, if need be."""
    if noun not in names:
        return noun
    number = 2
    while f"{noun}_{number}" in names:
        number += 1
    return f"{noun}_{number}"
