"""Data files as X and y, and the task that y asks for."""

from ._align import align_columns
from ._format import Data, Format
from ._read import FORMATS, read_data, read_features
from ._take import take_data
from ._task import Task, TaskGuessedWarning, find_other_task, infer_task

__all__ = [
    "FORMATS",
    "Data",
    "Format",
    "Task",
    "TaskGuessedWarning",
    "align_columns",
    "find_other_task",
    "infer_task",
    "read_data",
    "read_features",
    "take_data",
]
