"""The section ``task``: what is predicted, and from which data."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from .._spelling import unknown_name
from ._section import OneOf, Section
from .datasets import NAMED, find_named

# What X is, by the first word of a task's name.
_KINDS = {
    "Tabular": "table",
    "Image": "image",
    "Sequence": "sequence",
    "Audio": "audio",
    "Text": "text",
}
TASKS = tuple(
    f"{kind}{of}" for kind in _KINDS for of in ("Classification", "Regression")
)


def name_task(kind: str, learned: str) -> str:
    """The name of a task.

    Parameters
    ----------
    kind : str
        What X is, as ``input_kind`` of the estimators.
    learned : {"classification", "regression"}

    Returns
    -------
    name : str

    Examples
    --------
    >>> from skautogen.config.task import name_task
    >>> name_task("table", "regression")
    'TabularRegression'
    """
    first_words = {of: word for word, of in _KINDS.items()}
    return f"{first_words[kind]}{learned.capitalize()}"


def kind_of(name: str) -> str:
    """What a task predicts from.

    Parameters
    ----------
    name : str
        Of the task.

    Returns
    -------
    kind : str
        As ``input_kind`` of the estimators.

    Examples
    --------
    >>> from skautogen.config.task import kind_of
    >>> kind_of("TabularRegression")
    'table'
    """
    return _KINDS[name.removesuffix("Classification").removesuffix("Regression")]


def _check_name(name: str) -> str:
    if find_named(name) is None:
        raise ValueError(unknown_name("data set", name, NAMED))
    return name


def _form_of_target(value: Any) -> str:
    return "several" if isinstance(value, list) else "one"


class Dataset(Section):
    """The data: the name of a set, or the path of your own."""

    name: Annotated[str, AfterValidator(_check_name)] | None = None
    """A set of keras.datasets or sklearn.datasets. Upper and lower case, - and _ do not
    matter."""
    path: str | None = None
    """Instead of name: a file, or a folder with one of images or sounds for each class.
    Relative to this file."""
    target: (
        Annotated[
            Annotated[str, Tag("one")]
            | Annotated[list[str], Field(min_length=1), Tag("several")],
            Discriminator(_form_of_target),
        ]
        | None
    ) = None
    """The column of the file that is predicted, or a list of columns of numbers."""
    test_path: str | None = None
    """A file or folder of rows to test on. Without it, some of path are held out."""
    train_split: Literal["train", "test"] = "train"
    """Which rows are trained on. Sets that come without splits are split by chance."""
    test_split: Literal["train", "test"] = "test"
    """Which rows the result is tested on."""
    test_share: Annotated[float, Field(gt=0, lt=1)] = 0.2
    """Share of the rows that is held out as test, where there is no split already: of
    each class, drawn by training.random_state."""
    sampling_rate: Annotated[int, Field(ge=1)] | None = None
    """Samples a second that sounds are resampled to."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.name is None) == (self.path is None):
            got = "neither" if self.name is None else "both"
            raise ValueError(f"give either name or path; got {got}.")
        if self.train_split == self.test_split:
            raise ValueError(
                "train_split and test_split must differ, since rows that were trained "
                f"on test nothing; got {self.train_split!r} for both."
            )
        for key in ("target", "test_path"):
            if self.name is not None and getattr(self, key) is not None:
                raise ValueError(
                    f"{key} is for data of your own: name has one already."
                )
        return self


class Task(Section):
    """What is predicted, and from which data."""

    name: Annotated[str, OneOf("task", TASKS)]
    """Tabular, Image, Sequence, Audio or Text, and Classification or Regression."""
    dataset: Dataset
    """The data."""

    @property
    def kind(self) -> str:
        """What X is, as ``input_kind`` of the estimators."""
        return kind_of(self.name)

    @property
    def is_classification(self) -> bool:
        """Whether classes are predicted, or numbers."""
        return self.name.endswith("Classification")
