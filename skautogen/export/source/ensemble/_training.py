"""The training of several networks as source: what differs is in the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .._fragment import Fragment
from .._literals import literal
from .._optimizer import is_scheduled, optimizer_source
from .._schedules import SCHEDULE_SOURCES
from .._train_function import TrainFunction
from .._training import (
    count_more_than_once,
    loss_source,
    training_settings,
    wants_one_hot,
    watches_rows,
)
from ..preparers import PreparationSource
from ._builds import BuildsSource
from ._members import Member
from ._table import Table


@dataclass(frozen=True)
class TrainingsSource:
    """What trains one network of several.

    Attributes
    ----------
    parts : tuple of str
        Files of :mod:`..parts` that it needs.
    optimizer, train : Fragment
        ``make_optimizer`` and ``train_network``.
    settings : dict of str -> object
        Constants, which are the same for all networks.
    """

    parts: tuple[str, ...]
    optimizer: Fragment
    train: Fragment
    settings: dict[str, Any]


def trainings_source(
    members: Sequence[Member],
    class_weight: Any,
    preparation: PreparationSource,
    builds: BuildsSource,
    table: Table,
    *,
    stratifies: bool,
) -> TrainingsSource:
    """Write what trains a network by its settings.

    Parameters
    ----------
    members : sequence of Member
    class_weight : dict, "balanced" or None
    preparation : PreparationSource
    builds : BuildsSource
    table : Table
        It is given the settings that differ.
    stratifies : bool
        Whether early stopping holds rows out in the shares of the classes.

    Returns
    -------
    source : TrainingsSource
    """
    networks = [each.network for each in members]
    strategies = [each.strategy for each in networks]
    constants, terms = _divide(_read(members, class_weight), table)
    for name in ("schedule", "optimizer"):
        values = [literal(getattr(each, name)) for each in strategies]
        if len(set(values)) > 1:
            table.add(name, dict(enumerate(values)))
            terms[name] = f"settings.{name}"
    network = networks[0]
    smooths = any(each.label_smoothing for each in strategies)
    smoothing = terms.get("LABEL_SMOOTHING", "LABEL_SMOOTHING")
    # What the function make_optimizer takes of the settings.
    chosen = ("LEARNING_RATE", "WEIGHT_DECAY", "schedule", "optimizer")
    of_optimizer = {name: terms[name] for name in chosen if name in terms}
    optimizer = optimizer_source(
        strategies, [each.model_ for each in networks], of_optimizer
    )
    several = len(builds.functions) > 1
    train = TrainFunction(
        loss=loss_source(network, smooths=smooths, smoothing=smoothing),
        is_classifier=hasattr(network, "classes_"),
        one_hot=wants_one_hot(network, smooths=smooths),
        weighs=class_weight is not None,
        repeats=preparation.counts_weights and count_more_than_once(class_weight),
        watches=any(map(watches_rows, networks)),
        stratifies=stratifies,
        is_scheduled=is_scheduled(strategies),
        preparation=preparation,
        of_many=True,
        terms=terms,
        build="settings.build" if several else "build_model",
        build_takes=("settings",) if builds.takes_settings else (),
        optimizer_takes=("settings",) if of_optimizer else (),
    )
    used = [SCHEDULE_SOURCES[each.schedule].parts for each in strategies]
    schedules = dict.fromkeys(part for parts in used for part in parts)
    target = "labels" if train.is_classifier else "target_scaler"
    return TrainingsSource(
        (*schedules, target),
        Fragment.of(optimizer, "import keras"),
        Fragment.of(train.code, *train.imports),
        constants,
    )


def _read(members: Sequence[Member], class_weight: Any) -> list[dict[str, Any]]:
    """The settings of each training, which are those of its candidate's first fold.

    Folds differ by a row, and so, rarely, in the size of a batch; and under a time
    limit in how many epochs there was time for.
    """
    first: dict[Any, dict[str, Any]] = {}
    for member in members:
        read = training_settings(member.network, class_weight)
        first.setdefault((member.candidate, member.fold is None), read)
    rows = [first[each.candidate, each.fold is None] for each in members]
    # What some have not, would do nothing.
    missing = {"WEIGHT_DECAY": 0.0, "LABEL_SMOOTHING": 0.0}
    names = {name for row in rows for name in row}
    patience = [row["PATIENCE"] for row in rows if "PATIENCE" in row]
    if patience:
        missing["PATIENCE"] = patience[0]
    given = {name: value for name, value in missing.items() if name in names}
    return [{**given, **row} for row in rows]


def _divide(
    rows: Sequence[dict[str, Any]], table: Table
) -> tuple[dict[str, Any], dict[str, str]]:
    """Constants, and what stands for those that differ, which go into the table."""
    constants, terms = {}, {}
    for name in dict.fromkeys(name for row in rows for name in row):
        values = [row[name] for row in rows if name in row]
        is_same = all(value == values[0] for value in values)
        if is_same or name == "SEED":  # which also divides the rows
            constants[name] = values[0]
        if is_same:
            continue
        written = {place: literal(value) for place, value in enumerate(values)}
        terms[name] = table.add(name.lower(), written)
    return constants, terms
