"""The preparations of the networks of an ensemble: one source for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .._refusal import CannotGenerateError
from .._task import Task
from ..preparers import PreparationSource, preparation_source
from ._members import Member


def read_preparations(
    kind: str, members: Sequence[Member], task: Task
) -> list[PreparationSource]:
    """Write the preparation of each network.

    Parameters
    ----------
    kind : str
        Of input.
    members : sequence of Member
    task : Task

    Returns
    -------
    sources : list of PreparationSource
        The same source, which has learned different things. That of networks which
        share a preparation is the same object.

    Raises
    ------
    CannotGenerateError
        If the networks are given rows that are prepared in several ways.
    """
    prepares = [each.pipeline.steps[0][1] for each in members]
    selects = [each.pipeline.steps[1][1] for each in members]
    _refuse_selections(selects)
    every = list({id(each): each for each in prepares}.values())
    made = {
        id(prepare): preparation_source(kind, prepare, select, task, also=every)
        for prepare, select in zip(prepares, selects, strict=True)
    }
    sources = [made[id(each)] for each in prepares]
    for source in sources:
        _refuse_another(source, sources[-1])
    return sources


def _refuse_selections(selects: Sequence[Any]) -> None:
    masks = [getattr(each, "support_", None) for each in selects]
    if any(mask is not None and not mask.all() for mask in masks):
        raise CannotGenerateError(
            "The networks of the ensemble have features that were selected on each "
            "fold anew, which cannot be written as source yet. Leave out ensemble=True "
            "to write the best network, or fit with feature_selection=None."
        )


def _refuse_another(source: PreparationSource, last: PreparationSource) -> None:
    """Refuse a preparation that is another than that of the network of all rows."""
    if _common(source) == _common(last):
        return
    names = sorted(
        name
        for name in source.settings.keys() | last.settings.keys()
        if source.settings.get(name) != last.settings.get(name)
    )
    what = f" They differ in {', '.join(names)}." if names else ""
    raise CannotGenerateError(
        "The networks of the ensemble have X prepared in several ways, and a file has "
        f"one.{what} Leave out ensemble=True to write the best network, or fit with "
        "one architecture."
    )


def _common(source: PreparationSource) -> PreparationSource:
    """All but what was learned, and how texts of CSV files are told from numbers."""
    return replace(source, learned={}, size=None, load=source.load.of(""))
