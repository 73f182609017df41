"""Networks of the same architecture with fewer units."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..structures import Structure

# Of the architectures here, and of builders of users' that call it the same.
_NAMES = ("hidden_layer_sizes", "width", "structure")
# Fewer units than this are hardly fewer bytes.
_FEWEST_UNITS = 8


class NotResizableError(ValueError):
    """An architecture has no hyper-parameter for the number of its units."""


def widths_of(network: Any) -> list[int]:
    """Units of the hidden layers, from the first to the last.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor

    Returns
    -------
    widths : list of int

    Raises
    ------
    NotResizableError
    """
    _, value = _setting(network)
    if isinstance(value, Structure):
        return [each["units"] for each in value.blocks]
    return [int(each) for each in np.atleast_1d(value)]


def narrowed(widths: Sequence[int], share: float) -> list[int]:
    """A share of the units of each layer."""
    return [max(min(each, _FEWEST_UNITS), round(each * share)) for each in widths]


def with_widths(network: Any, widths: Sequence[int]) -> dict[str, Any]:
    """The hyper-parameter that says so many units.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
    widths : sequence of int
        As of :func:`widths_of`.

    Returns
    -------
    hyperparameters : dict
    """
    name, value = _setting(network)
    if name == "width":
        return {name: int(widths[0])}
    if not isinstance(value, Structure):
        return {name: tuple(int(each) for each in widths)}
    blocks = zip(value.blocks, widths, strict=True)
    changed = tuple(block.with_setting("units", int(n)) for block, n in blocks)
    return {name: replace(value, blocks=changed)}


def _setting(network: Any) -> tuple[str, Any]:
    """Name and value of the hyper-parameter that says how many units there are."""
    architecture = network._architecture
    parameters = inspect.signature(architecture.build).parameters
    for name in _NAMES:
        if name in parameters:
            value = (network.hyperparameters or {}).get(name, parameters[name].default)
            if _says_units(value):
                return name, value
    raise NotResizableError(
        f"architecture {architecture.name!r} has none of the hyper-parameters "
        f"{', '.join(_NAMES)}, by which its units could be made fewer."
    )


def _says_units(value: Any) -> bool:
    if isinstance(value, Structure):
        return all("units" in dict(each.settings) for each in value.blocks)
    sizes = np.atleast_1d(np.asarray(value))
    return sizes.dtype.kind in "iu" and sizes.size > 0
