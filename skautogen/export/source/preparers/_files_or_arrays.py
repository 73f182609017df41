"""The command line of images and sounds: folders of files, or arrays."""

from __future__ import annotations

from .._task import Task
from ._source import Command


def of_files_or_arrays(task: Task, unit: str) -> Command:
    """Say what is trained on: files in a folder for each class, or an ``.npz`` file.

    Parameters
    ----------
    task : Task
    unit : str
        What the files hold, such as ``"images"``.

    Returns
    -------
    command : Command
    """
    if not task.is_classifier:  # a folder tells no numbers
        return of_arrays(task, unit)
    return Command(
        data=f"folder of {unit} (or .npz file)",
        to_predict=f"other {unit}",
        examples=(f"--data {unit}", f"--predict new_{unit}"),
        unit=unit,
        read=("names, X = load_features(path)",),
        table=('{"name": names, "predicted": predict(load(), X)}',),
        settings={"DATA": unit},
    )


def of_arrays(task: Task, unit: str) -> Command:
    """Say what is trained on: an ``.npz`` file with the arrays X and y.

    Parameters
    ----------
    task : Task
    unit : str
        What the rows of X are, such as ``"sequences"``.

    Returns
    -------
    command : Command
    """
    # Of several numbers, those are told apart by their places.
    is_one = task.is_classifier or task.n_outputs == 1
    table = '{"predicted": predict(load(), X)}' if is_one else "predict(load(), X)"
    return Command(
        data=".npz file",
        to_predict=f"the {unit} of another file",
        examples=("--data data.npz", "--predict new.npz"),
        unit=unit,
        read=("X = load_features(path)",),
        table=(table,),
        settings={"DATA": "data.npz"},
    )
