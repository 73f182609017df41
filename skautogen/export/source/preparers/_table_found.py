"""What a fitted preparation of tables has, and so what its source needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ._columns import Columns
from ._vocabularies import characters_part


class Found:
    """What a preparation has, and so what its source needs."""

    def __init__(
        self,
        prepare: Any,
        columns: Columns,
        selected: list[str] | None,
        also: Sequence[Any],
    ) -> None:
        self.prepare = prepare
        self.columns = columns
        self.selected = selected
        self.numbers = columns.have_numbers
        self.categories = bool(columns.levels)
        every = [prepare, *also]
        self.frequent = any(len(each._frequent.columns) > 0 for each in every)
        self.gaps = any(len(each._indicators) > 0 for each in every)
        self.reads = not columns.all_are_numbers
        # Nothing but numbers: those that are not selected need not be read.
        self.reads_selected = selected is not None and not (
            self.reads or self.frequent or self.gaps
        )

    @property
    def imports(self) -> list[str]:
        return [
            "from typing import Self",
            "import numpy as np",
            "import pandas as pd",
            "from sklearn.base import BaseEstimator",
            "from sklearn.base import TransformerMixin",
        ]

    @property
    def parts(self) -> tuple[str, ...]:
        columns = self.columns
        needed = {
            "join_columns": self.reads,
            "scale": self.numbers,
            "frequent": self.frequent,
            "levels": self.categories,
            "frequent_words": bool(columns.spelled or columns.texts),
            "spelling": bool(columns.spelled),
            "loose_numbers": bool(columns.loose),
            "durations": bool(columns.durations),
            "dates": bool(columns.dates) and not self.has_zones,
            "dates_of_zones": self.has_zones,
            "topics": bool(columns.texts),
        }
        parts = [name for name, is_needed in needed.items() if is_needed]
        if columns.texts:
            terms = [
                own for topics in columns.texts.values() for own in topics["terms"][1]
            ]
            parts.insert(-1, characters_part([[[], terms]]))
        return tuple(parts)

    @property
    def has_zones(self) -> bool:
        """Whether there are dates with a time zone."""
        return any(len(each) == 3 for each in self.columns.dates.values())


def columns_with_gaps(prepare: Any) -> np.ndarray:
    """Which columns of X have an indicator of what is missing."""
    n_indicators = len(prepare._indicators)
    found: np.ndarray = prepare.input_index_[len(prepare.input_index_) - n_indicators :]
    return found


def read_columns_of(has: Found) -> Columns:
    """The columns that are read from files."""
    if has.reads_selected and has.columns.have_names:
        return Columns(list(has.selected or ()), have_names=True)
    return has.columns
