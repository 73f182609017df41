"""The section ``training``: how networks are trained, in values or ranges."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from ..training import ENGINES, OPTIMIZERS, SCHEDULES
from ._section import OneOf, Searched, SearchedName, Section

_Above0 = Annotated[float, Field(gt=0)]
_AtLeast0 = Annotated[float, Field(ge=0)]
_AtLeast1 = Annotated[int, Field(ge=1)]
_Share = Annotated[float, Field(gt=0, le=1)]
_Smoothing = Annotated[float, Field(ge=0, lt=1)]


def _form_of_weight(value: Any) -> str:
    return "by_class" if isinstance(value, dict) else "name"


class Training(Section):
    """How networks are trained. What is left out is searched, or planned by the data.

    Numbers and names may be values, or ranges that are searched: ``{low: 1e-4, high:
    1e-2, log: true}``, ``{choices: [adam, sgd]}``.
    """

    epochs: _AtLeast1 | None = None
    """Most passes over the training rows."""
    epoch_share: Searched[_Share] | None = None
    """Share of these passes, with the whole schedule of the learning rate in it."""
    batch_size: Searched[_AtLeast1] | None = None
    """Rows per step. Without it, it grows with the number of rows."""
    optimizer: (
        SearchedName[Annotated[str, OneOf("optimizer", tuple(OPTIMIZERS))]] | None
    ) = Field(default=None, examples=["adam", {"choices": ["adam", "lion"]}])
    """The optimizer."""
    learning_rate: Searched[_Above0] | None = Field(
        default=None, examples=[0.003, {"low": 0.0005, "high": 0.02, "log": True}]
    )
    """The rate at the schedule's height."""
    weight_decay: Searched[_AtLeast0] | None = None
    """Share of each kernel, times the rate, that a step takes away."""
    schedule: (
        SearchedName[Annotated[str, OneOf("schedule", tuple(SCHEDULES))]] | None
    ) = None
    """How the learning rate goes on from step to step."""
    label_smoothing: Searched[_Smoothing] | None = None
    """Share of a label that is spread over all classes. Classification only."""
    early_stopping: bool = True
    """Keep networks from training too long, by rows that are held out."""
    class_weight: (
        Annotated[
            Annotated[Literal["balanced"], Tag("name")]
            | Annotated[dict[str | int | bool, _AtLeast0], Tag("by_class")],
            Discriminator(_form_of_weight),
        ]
        | None
    ) = Field(default=None, examples=["balanced", {"no": 1, "yes": 10}])
    """balanced, or a weight for each class. Classification only."""
    engine: Annotated[str, OneOf("engine", tuple(ENGINES))] = "auto"
    """stacked: all candidates and folds as one program; sequential: one after another;
    auto: stacked what can be."""
    n_jobs: int | None = None
    """Processes of the sequential engine; -1 is one for each core."""
    random_state: Annotated[int, Field(ge=0)] | None = None
    """Seed of everything that is drawn, the test rows that are held out included. The
    same number gives the same results."""
