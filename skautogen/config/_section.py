"""What the sections of a configuration are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from .._spelling import unknown_name

T = TypeVar("T")


class Section(BaseModel):
    """A mapping of a file whose keys are known. What stands under it is its default."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True
    )

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, data: Any) -> Any:
        # A heading with nothing but comments under it is nothing in YAML.
        return {} if data is None else data


@dataclass(frozen=True)
class OneOf:
    """A name that must be one of some, for ``Annotated``."""

    role: str
    names: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            self._check, handler(source)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "enum": list(self.names)}

    def _check(self, name: str) -> str:
        if name not in self.names:
            raise ValueError(unknown_name(self.role, name, self.names))
        return name


class Between(Section, Generic[T]):
    """A range that a search draws from."""

    low: T
    """The least value."""
    high: T
    """The greatest value."""
    log: bool = False
    """Whether factors matter, and not differences: 1 to 10 is as far as 10 to 100."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        low, high = self.low, self.high
        if not low < high:  # type: ignore[operator]
            raise ValueError(f"low must be below high; got {low!r} and {high!r}.")
        if self.log and not low > 0:  # type: ignore[operator]
            raise ValueError(f"with log: true, low must be above 0; got {low!r}.")
        return self


class Choices(Section, Generic[T]):
    """Values that a search chooses from."""

    choices: Annotated[list[T], Field(min_length=1)]
    """The values."""


def form(value: Any) -> str:
    """Whether something is a value, a range or choices.

    Parameters
    ----------
    value : object

    Returns
    -------
    form : str
    """
    if isinstance(value, Choices) or (isinstance(value, dict) and "choices" in value):
        return "choices"
    return "range" if isinstance(value, (dict, Between)) else "value"


def _form_of_name(value: Any) -> str:
    return "choices" if isinstance(value, (dict, Choices)) else "value"


if TYPE_CHECKING:
    # A number, or what a search draws it from.
    Searched = Annotated[T | Between[T] | Choices[T], Any]
    # A name, or those that a search chooses from.
    SearchedName = Annotated[T | Choices[T], Any]
else:
    # An alias of a model with a type variable forgets what stands in its place.
    class Searched:
        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[
                Annotated[item, Tag("value")]
                | Annotated[Between[item], Tag("range")]
                | Annotated[Choices[item], Tag("choices")],
                Discriminator(form),
            ]

    class SearchedName:
        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[
                Annotated[item, Tag("value")]
                | Annotated[Choices[item], Tag("choices")],
                Discriminator(_form_of_name),
            ]


# A value of which nothing is known here but that it is plain data.
Scalar = bool | int | float | str | None
