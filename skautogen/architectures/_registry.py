"""The architectures there are, by name. A new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._spelling import unknown_name
from . import mlp, realmlp, resnet, tabm
from ._architecture import Architecture

ARCHITECTURES: dict[str, Architecture] = {
    "mlp": mlp.MLP,
    "realmlp": realmlp.REALMLP,
    "resnet": resnet.RESNET,
    "tabm": tabm.TABM,
}

# What "auto" stands for, by kind of input.
AUTO: dict[str, str] = {"table": "realmlp"}


def get_architecture(
    identifier: str | Callable[..., Any] | Architecture, input_kind: str = "table"
) -> Architecture:
    """Find an architecture.

    Parameters
    ----------
    identifier : str, callable or Architecture
        A registered name, ``"auto"``, a builder function, or what is one already.
    input_kind : str, default="table"
        What ``"auto"`` is to suit.

    Returns
    -------
    architecture : Architecture

    Raises
    ------
    ValueError
        If the name is not registered.
    TypeError
        If it is neither a name nor callable.

    Examples
    --------
    >>> from skautogen.architectures import get_architecture
    >>> get_architecture("auto").name
    'realmlp'
    """
    if isinstance(identifier, Architecture):
        return identifier
    if isinstance(identifier, str):
        name = AUTO[input_kind] if identifier == "auto" else identifier
        if name not in ARCHITECTURES:
            known = ["auto", *ARCHITECTURES]
            raise ValueError(unknown_name("architecture", identifier, known))
        return ARCHITECTURES[name]
    if callable(identifier):
        return Architecture.from_builder(identifier)
    raise TypeError(
        f"architecture must be 'auto', one of {sorted(ARCHITECTURES)}, a function "
        "build(meta, **hyperparameters) -> keras.Model, or a list of these; got "
        f"{identifier!r} of type {type(identifier).__name__}."
    )
