"""Reading a table from a file, as source."""

from __future__ import annotations

from .._fragment import Fragment
from .._literals import call, literal
from .._task import Task
from ._columns import Columns

# What pandas takes for a missing value in a CSV file.
_MISSING_WORDS = {
    *("#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND"),
    *("1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"),
}

_PICK_BY_NAME = """\
    check_columns(frame, FEATURES)
    return frame[FEATURES]"""
_PICK_BY_ORDER = """\
    features = frame.drop(columns=target, errors="ignore")
    if len(features.columns) != len(FEATURES):
        raise ValueError(
            f"{len(FEATURES)} columns are features; got {len(features.columns)}."
        )
    return features.set_axis(FEATURES, axis=1)"""

_CODE = '''def read_table(path: str) -> pd.DataFrame:
    """Read a CSV file."""
{read}


def pick_features(frame: pd.DataFrame, target) -> pd.DataFrame:
    """Pick the columns that the network is given{how}."""
{pick}


def load_data(path: str, target) -> tuple[pd.DataFrame, np.ndarray]:
    """Read a CSV file as features and target."""
    frame = take_known(read_table(path), target)
    return pick_features(frame, target), frame[target].to_numpy({dtype})'''


def load_source(columns: Columns, task: Task) -> Fragment:
    """Write ``read_table``, ``pick_features`` and ``load_data``.

    Parameters
    ----------
    columns : Columns
    task : Task

    Returns
    -------
    source : Fragment
    """
    code = _CODE.format(
        read=call("return pd.read_csv(", ["path", *_csv_settings(columns, task)]),
        pick=_PICK_BY_NAME if columns.have_names else _PICK_BY_ORDER,
        how=", by name" if columns.have_names else ": all others, in order",
        dtype="" if task.is_classifier else "dtype=float",
    )
    return Fragment.of(code, "import numpy as np", "import pandas as pd")


def _csv_settings(columns: Columns, task: Task) -> list[str]:
    """What keeps pandas from reading categories and classes as something else."""
    settings = []
    codes = [n for n, levels in columns.levels.items() if any(map(_is_code, levels))]
    if codes:
        settings.append(f"dtype=dict.fromkeys({literal(codes)}, str)")
    words = {word for levels in columns.levels.values() for word in levels}
    words |= {str(label) for label in task.classes or ()}
    if words & _MISSING_WORDS:
        settings += ["keep_default_na=False", 'na_values=[""]']
    return settings


def _is_code(word: str) -> bool:
    """Whether a word reads as a number, and is written in another way than one."""
    try:
        number = float(word)
    except ValueError:
        return False
    return word != (str(int(number)) if number.is_integer() else str(number))
