"""The architectures there are, by name. A new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._spelling import unknown_name
from . import (
    audio_blocks,
    backbone,
    cnn,
    crnn,
    image_blocks,
    mlp,
    ngrams,
    realmlp,
    residual_cnn,
    resnet,
    rnn,
    rocket,
    sequence_blocks,
    spectrogram_cnn,
    table_blocks,
    tabm,
    temporal_cnn,
    text_blocks,
    text_cnn,
    text_gru,
    transformer,
)
from ._architecture import Architecture

ARCHITECTURES: dict[str, Architecture] = {
    each.name: each
    for each in (
        mlp.MLP,
        realmlp.REALMLP,
        resnet.RESNET,
        tabm.TABM,
        table_blocks.TABLE_BLOCKS,
        temporal_cnn.TEMPORAL_CNN,
        rocket.ROCKET,
        rnn.RNN,
        transformer.TRANSFORMER,
        sequence_blocks.SEQUENCE_BLOCKS,
        spectrogram_cnn.SPECTROGRAM_CNN,
        crnn.CRNN,
        audio_blocks.AUDIO_BLOCKS,
        ngrams.NGRAMS,
        text_cnn.TEXT_CNN,
        text_gru.TEXT_GRU,
        text_blocks.TEXT_BLOCKS,
        cnn.CNN,
        residual_cnn.RESIDUAL_CNN,
        backbone.BACKBONE,
        image_blocks.IMAGE_BLOCKS,
    )
}

# What "auto" stands for, by kind of input: what is searched, the foremost first.
AUTO: dict[str, tuple[str, ...]] = {
    "audio": ("spectrogram_cnn",),
    "image": ("cnn",),
    "table": ("realmlp",),
    "text": ("ngrams",),
    "sequence": ("rocket", "temporal_cnn"),
}

# The same for searches that find structures.
AUTO_OF_STRUCTURES: dict[str, tuple[str, ...]] = {
    "audio": ("audio_blocks",),
    "image": ("image_blocks",),
    "table": ("table_blocks",),
    "text": ("text_blocks",),
    "sequence": ("sequence_blocks",),
}


def get_architecture(
    identifier: str | Callable[..., Any] | Architecture,
) -> Architecture:
    """Find an architecture.

    Parameters
    ----------
    identifier : str, callable or Architecture
        A registered name, ``"auto"`` for the one of tables, a builder function, or what
        is one already.

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
        name = AUTO["table"][0] if identifier == "auto" else identifier
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


def find_architectures(
    given: Any,
    input_kind: str,
    *,
    classifier: bool = True,
    searches_structures: bool = False,
) -> dict[Any, Architecture]:
    """Find what a user's ``architecture`` names, for a kind of input.

    Parameters
    ----------
    given : str, callable or list of these
        Of a list, each is meant.
    input_kind : str
        What ``"auto"`` is to suit, and what the others must be for.
    classifier : bool, default=True
        Whether classes are predicted, or numbers.
    searches_structures : bool, default=False
        Whether ``"auto"`` is to be one whose structure is searched.

    Returns
    -------
    architectures : dict
        By what the user called each, or by its name where that was ``"auto"``.

    Raises
    ------
    ValueError, TypeError
        As :func:`get_architecture`; and if one is for another kind of input.
    """
    identifiers = given if isinstance(given, list) else [given]
    if not identifiers:
        raise ValueError("architecture must name at least one; got an empty list.")
    auto = (AUTO_OF_STRUCTURES if searches_structures else AUTO)[input_kind]
    expanded = [
        name for each in identifiers for name in (auto if each == "auto" else [each])
    ]
    found = {each: get_architecture(each) for each in expanded}
    for each in found.values():
        if each.input_kind not in (None, input_kind):
            suited = [
                name
                for name, other in ARCHITECTURES.items()
                if other.input_kind == input_kind
            ]
            raise ValueError(
                f"architecture={each.name!r} is for input_kind={each.input_kind!r}, "
                f"and X is {input_kind!r}. For that there are {suited}, 'auto', and "
                "functions of your own."
            )
    if classifier:
        return found
    return {name: each.for_regression() for name, each in found.items()}
