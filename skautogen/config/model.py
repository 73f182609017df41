"""The section ``model``: the structure, by name or as the user's own layers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from ..architectures import ARCHITECTURES
from ..architectures._layer_names import LAYER_NAMES
from ..architectures.layer_list import split_layer
from ..selection import METHODS
from ._section import Between, Choices, OneOf, Scalar, Section, form

_LayerName = Annotated[str, OneOf("layer", LAYER_NAMES)]
_Name = Annotated[str, OneOf("architecture", ("auto", *ARCHITECTURES))]


def _form(value: Any) -> str:
    if isinstance(value, list):
        return "list"
    return form(value)


def _form_or_layer(value: Any) -> str:
    is_layer = isinstance(value, dict) and not {"low", "high", "choices"} & set(value)
    return "layer" if is_layer else _form(value)


def _form_of_layer(value: Any) -> str:
    return "with_arguments" if isinstance(value, dict) else "name"


def _form_of_architecture(value: Any) -> str:
    return "several" if isinstance(value, list) else "one"


_Choices = Choices[Scalar | list[Scalar]]
_Range = Between[int | float]

_Argument = Annotated[
    Annotated[Scalar, Tag("value")]
    | Annotated[list[Scalar], Tag("list")]
    | Annotated[_Range, Tag("range")]
    | Annotated[_Choices, Tag("choices")],
    Discriminator(_form),
]
# What another layer is put around has no further layer in it.
_InnerLayer = Annotated[
    dict[_LayerName, dict[str, _Argument] | None], Field(min_length=1, max_length=1)
]
_ArgumentOrLayer = Annotated[
    Annotated[Scalar, Tag("value")]
    | Annotated[list[Scalar], Tag("list")]
    | Annotated[_Range, Tag("range")]
    | Annotated[_Choices, Tag("choices")]
    | Annotated[_InnerLayer, Tag("layer")],
    Discriminator(_form_or_layer),
]
_WithArguments = Annotated[
    dict[_LayerName, dict[str, _ArgumentOrLayer] | None],
    Field(min_length=1, max_length=1),
]
_Layer = Annotated[
    Annotated[_LayerName, Tag("name")]
    | Annotated[_WithArguments, Tag("with_arguments")],
    Discriminator(_form_of_layer),
]


class Model(Section):
    """The structure of the network."""

    architecture: Annotated[
        Annotated[_Name, Tag("one")]
        | Annotated[list[_Name], Field(min_length=1), Tag("several")],
        Discriminator(_form_of_architecture),
    ] = "auto"
    """The name of a structure, or a list of names, each of which is searched. auto is
    what suits the data."""
    hyperparameters: dict[str, _Argument] | None = Field(
        default=None, examples=[{"dropout": {"low": 0.0, "high": 0.5}}]
    )
    """Hyper-parameters of the architecture, as values or ranges. Those that are left
    out are searched over its own ranges."""
    layers: Annotated[list[_Layer], Field(min_length=1)] | None = Field(
        default=None,
        examples=[
            [
                {"Dense": {"units": {"choices": [32, 64]}, "activation": "relu"}},
                {"Dropout": {"rate": 0.1}},
            ]
        ],
    )
    """Your own structure instead of architecture: layers of Keras', one after another.
    The input and the output layer are added. Arguments are values or ranges."""
    feature_selection: Literal[tuple(METHODS)] | None = None  # type: ignore[valid-type]
    """kbest or rfe: select columns of tables inside each fold."""
    ensemble_size: Annotated[int, Field(ge=0)] = 5
    """Most candidates whose networks answer together; 0 lets the best alone."""


def layer_names(layers: list[Any]) -> list[str | None]:
    """The names that a user has given to layers.

    Parameters
    ----------
    layers : list
        Of :class:`Model`.

    Returns
    -------
    names : list of str or None
    """
    given = [split_layer(each)[1].get("name") for each in layers]
    return [each if isinstance(each, str) else None for each in given]
