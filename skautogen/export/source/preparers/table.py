"""The preparation of tables as source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .._fragment import Fragment
from .._task import Task
from ._columns import read_columns
from ._load_table import load_source
from ._selected import read_selected
from ._source import Code, Command, PreparationSource, Size
from ._table_class import class_source
from ._table_found import Found, columns_with_gaps, read_columns_of
from ._target import Target

_MAKE = '''def make_preprocessing() -> TablePreprocessor:
    """Make the preprocessing, which is fitted on training rows."""
    return TablePreprocessor()'''


def table_source(
    prepare: Any, select: Any, task: Task, also: Sequence[Any] = ()
) -> PreparationSource:
    """Write a ``TablePreparer`` and the columns that a selection has kept.

    Parameters
    ----------
    prepare : TablePreparer
    select : FeatureSelector
    task : Task
    also : sequence of transformer, default=()

    Returns
    -------
    source : PreparationSource

    Raises
    ------
    CannotGenerateError
        If a column is read in a way that cannot be written, or a selection makes new
        columns.
    """
    columns = read_columns(prepare)
    selected = read_selected(prepare, select, columns)
    has = Found(prepare, columns, selected, also)
    definitions = Fragment.of(f"{class_source(has)}\n\n\n{_MAKE}", *has.imports)
    n_features = len(prepare.input_index_)
    if has.selected is not None:
        n_features = len(has.selected)
    return PreparationSource(
        command=_command(task),
        inputs="pd.DataFrame",
        parts=(*has.parts, "take_known"),
        load=load_source(read_columns_of(has), task),
        input_shape="(n_features,)",
        definitions=definitions,
        counts_weights=True,
        # Categories are learnt in training: rows tell how many numbers there are.
        size=Size("n_features", "inputs.shape[1]", n_features),
        settings=_settings(has),
        learned=_learned(has),
    )


def _command(task: Task) -> Command:
    """The command line of tables: CSV files, of which a column is the target."""
    target = Target.of(task)
    read = "pick_features(read_table(path), target)"
    return Command(
        data="CSV file",
        to_predict="the rows of another file",
        examples=(f"--data data.csv --target {target.shown}", "--predict new.csv"),
        unit="rows",
        read=(f"X = {read}",),
        table=("predict(load(), X)", f"columns={target.columns}"),
        load="path, target",
        arguments=(target.argument,),
        settings={"DATA": "data.csv", "TARGET": target.names},
    )


def _settings(has: Found) -> dict[str, Any]:
    columns = has.columns
    settings: dict[str, Any] = {"FEATURES": read_columns_of(has).names}
    if not columns.have_names:
        settings["FEATURES"] = Code(f'[f"x{{i}}" for i in range({len(columns.names)})]')
    if has.reads:
        settings |= {
            "NUMBERS": columns.numbers,
            "LOOSE_NUMBERS": columns.loose,
            "DURATIONS": columns.durations,
            "DATES": columns.dates,
            "CATEGORIES": columns.categories,
            "SPELLED": list(columns.spelled),
            "TEXTS": list(columns.texts),
        }
    if has.selected is not None and read_columns_of(has) is columns:
        settings["SELECTED"] = has.selected
    return {name: value for name, value in settings.items() if value}


def _learned(has: Found) -> dict[str, Any]:
    prepare, columns = has.prepare, has.columns
    learned: dict[str, Any] = {}
    if has.categories:
        learned["levels_"] = columns.levels
    if columns.spelled:
        learned["spelling_"] = columns.spelled
    if columns.texts:
        learned["topics_"] = columns.texts
    if has.numbers:
        numbers = np.arange(prepare.n_numeric_)
        if has.reads_selected:
            numbers = np.flatnonzero(np.isin(columns.names, has.selected or []))
        learned["center_"] = prepare._scale.center[numbers]
        learned["width_"] = prepare._scale.width[numbers]
    if has.frequent:
        learned["columns_"] = prepare._frequent.columns
        learned["values_"] = prepare._frequent.values
    if has.gaps:
        learned["has_gaps_"] = np.isin(
            np.arange(len(columns.names)), columns_with_gaps(prepare)
        )
    return learned
