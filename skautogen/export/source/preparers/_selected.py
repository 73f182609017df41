"""The prepared columns of a table that a feature selection has kept."""

from __future__ import annotations

from typing import Any

from .._refusal import CannotGenerateError
from ._columns import Columns
from ._table_found import columns_with_gaps


def read_selected(prepare: Any, select: Any, columns: Columns) -> list[str] | None:
    """Names of the prepared columns that are kept; ``None`` for all."""
    if select.support_ is None:
        raise CannotGenerateError(
            f"feature_selection={select.method!r} makes new features, which cannot be "
            'written as source yet. Use "kbest", "rfe" or another selector of columns.'
        )
    if select.support_.all():
        return None
    names = _prepared_names(prepare, columns)
    if columns.texts:
        raise CannotGenerateError(
            "Features are selected by name, and the topics of texts have none that "
            f"stays: {', '.join(columns.texts)}. Fit with feature_selection=None, or "
            "without these columns."
        )
    if len(set(names)) < len(names):
        repeated = sorted({name for name in names if names.count(name) > 1})
        raise CannotGenerateError(
            "Features are selected by name, and the columns of X give several features "
            f"the same name: {', '.join(repeated)}. Rename the columns."
        )
    return [name for name, kept in zip(names, select.support_, strict=True) if kept]


def _prepared_names(prepare: Any, columns: Columns) -> list[str]:
    numbers = columns.number_names()
    frequent = zip(prepare._frequent.columns, prepare._frequent.values, strict=True)
    return [
        *numbers,
        *columns.level_names(),
        *(f"{numbers[column]}={value:.12g}" for column, value in frequent),
        *(f"{columns.names[k]} missing" for k in columns_with_gaps(prepare)),
    ]
