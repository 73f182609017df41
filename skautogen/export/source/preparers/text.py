"""The preparation of texts as source: one file for each representation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._fragment import Fragment
from .._task import Task
from ._ngrams import ngrams_source
from ._source import Command, PreparationSource
from ._target import Target
from ._tokens import tokens_source

_LOAD = '''\
def read_table(path: str) -> pd.DataFrame:
    """Read a CSV file, in which a text may be "nan" or empty."""
    frame = pd.read_csv(
        path, converters={{TEXT: str}}, keep_default_na=False, na_values=[""]
    )
    check_columns(frame, [TEXT])
    return frame


def load_data(path: str, target) -> tuple[list[str], np.ndarray]:
    """Read a CSV file as texts and target."""
    frame = take_known(read_table(path), target)
    return frame[TEXT].tolist(), frame[target].to_numpy({dtype})'''


def text_source(
    prepare: Any, select: Any, task: Task, also: Sequence[Any] = ()
) -> PreparationSource:
    """Write a ``TextPreparer``.

    Parameters
    ----------
    prepare : TextPreparer
    select : KeepAll
    task : Task
    also : sequence of transformer, default=()

    Returns
    -------
    source : PreparationSource
    """
    write = tokens_source if prepare.representation == "tokens" else ngrams_source
    load = _LOAD.format(dtype="" if task.is_classifier else "dtype=float")
    imports = "import numpy as np", "import pandas as pd"
    loading = Fragment.of(load, *imports)
    return write(prepare, task, _command(task), loading, also)


def _command(task: Task) -> Command:
    """CSV files, of which one column is the text and others are the target."""
    target = Target.of(task)
    return Command(
        data="CSV file",
        to_predict="the texts of another file",
        examples=("--data data.csv", "--predict new.csv"),
        unit="texts",
        read=("X = read_table(path)[TEXT].tolist()",),
        table=("predict(load(), X)", f"columns={target.columns}"),
        load="path, target",
        arguments=(target.argument,),
        settings={"DATA": "data.csv", "TEXT": "text", "TARGET": target.names},
    )
