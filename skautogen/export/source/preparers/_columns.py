"""What a fitted preparation of tables has found in each column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.utils.validation import _check_feature_names_in

from ....inputs._frames import Nothing
from ....inputs._strings import FreeText, Levels, LooseNumbers, Text
from ....inputs._times import Dates, Durations
from ....inputs._writing import N_MEASURES
from .._refusal import CannotGenerateError
from ._vocabularies import read_vocabularies


@dataclass
class Columns:
    """The columns of a table, by what they hold.

    Attributes
    ----------
    names : list of str
        All, in order.
    have_names : bool
        Whether the estimator knows columns by these names; else by their order.
    numbers, loose, durations : list of str
    dates : dict of str -> (str or None, list of str), or with another str
        The format, the parts that are points on circles, and the time zone, if any.
    levels : dict of str -> list of str
        Categories; of columns of spelled words, the frequent ones.
    spelled : dict of str -> sklearn.pipeline.Pipeline
        Columns of words that are described by their spelling.
    texts : dict of str -> dict
        Columns of texts of several words, and what describes them.
    """

    names: list[str]
    have_names: bool
    numbers: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    durations: list[str] = field(default_factory=list)
    dates: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    levels: dict[str, list[str]] = field(default_factory=dict)
    spelled: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)

    @property
    def categories(self) -> list[str]:
        """Columns of which every value is a category."""
        described = self.spelled.keys() | self.texts.keys()
        return [name for name in self.levels if name not in described]

    @property
    def all_are_numbers(self) -> bool:
        return len(self.numbers) == len(self.names)

    @property
    def have_numbers(self) -> bool:
        """Whether any column gives numbers that are to be brought to scale."""
        return len(self.categories) < len(self.names)

    def number_names(self) -> list[str]:
        """What the numbers are called that are brought to scale, in order."""
        widths = {name: 2 + 2 * len(each[1]) for name, each in self.dates.items()}
        widths |= dict.fromkeys(self.texts, N_MEASURES)
        widths |= {
            name: len(each[-1].components_) for name, each in self.spelled.items()
        }
        names = []
        for name in self.names:
            if name in self.categories:
                continue
            width = widths.get(name, 1)
            names += [name] if width == 1 else [f"{name}_{k}" for k in range(width)]
        return names

    def level_names(self) -> list[str]:
        """What the indicators of categories are called, in order."""
        return [
            f"{name}={level}"
            for name in self.names
            for level in shown_levels(self.levels.get(name, []))
        ]


def shown_levels(levels: list[str]) -> list[str]:
    """The levels that have an indicator: of two, the second."""
    return levels[1:] if len(levels) == 2 else levels


def read_columns(prepare: Any) -> Columns:
    """Read what a ``TablePreparer`` has found.

    Parameters
    ----------
    prepare : TablePreparer
        Fitted.

    Returns
    -------
    columns : Columns

    Raises
    ------
    CannotGenerateError
        If a column is read in a way that cannot be written as source.
    """
    names = [str(name) for name in _check_feature_names_in(prepare)]
    columns = Columns(names, have_names=hasattr(prepare, "feature_names_in_"))
    encoders = {} if prepare._frame is None else prepare._frame.encoders_
    for index, name in enumerate(names):
        _sort_in(columns, name, encoders.get(index))
    return columns


def _sort_in(columns: Columns, name: str, encoder: Any) -> None:
    match encoder:
        case None:
            columns.numbers.append(name)
        # A column without a value has no scale: whatever comes later becomes 0.
        case LooseNumbers() | Nothing():
            columns.loose.append(name)
        case Durations():
            columns.durations.append(name)
        case Dates():
            columns.dates[name] = _read_dates(name, encoder)
        case Levels():
            columns.levels[name] = list(encoder.positions)
        case Text():
            columns.levels[name] = list(encoder.frequent.positions)
            columns.spelled[name] = encoder.spelling
        case FreeText():
            columns.levels[name] = list(encoder.frequent.positions)
            columns.texts[name] = _read_topics(encoder.topics)
        case _:
            raise CannotGenerateError(
                f"Column {name!r} is read by {type(encoder).__name__}, which cannot be "
                "written as source yet."
            )


def _read_dates(name: str, encoder: Dates) -> tuple[Any, ...]:
    outputs = encoder.encoder.all_outputs_
    parts = ["month", "day", "hour", "weekday"]
    found = [part for part in parts if any(f"_{part}_" in each for each in outputs)]
    if len(outputs) != 1 + 2 * len(found):
        raise CannotGenerateError(
            f"Column {name!r} holds dates that become {np.array(outputs).tolist()}, "
            "which cannot be written as source yet."
        )
    form = getattr(encoder.parser, "format_", None)
    zone = getattr(encoder.parser, "output_time_zone_", None)
    return (form, found) if zone is None else (form, found, zone)


def _read_topics(topics: Any) -> dict[str, Any]:
    """What texts are described by, as :mod:`..parts.topics` has it."""
    terms, rarity = read_vocabularies(topics.ngrams)
    return {"terms": terms, "rarity": rarity, "svd": topics.reduction}
