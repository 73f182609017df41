"""A fitted estimator as a file of Python."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from ._file import join_file
from ._main import docstring_source, head_source, main_source
from ._network import network_source
from ._refusal import CannotGenerateError
from ._task import Task
from ._trained import keep_source, stands_for, trained_source
from ._training import training_source
from ._weights import write_all_weights, write_weights
from .ensemble import ensemble_source, read_members, read_preparations
from .preparers import Code, PreparationSource, preparation_source

# Rows of a class of which two are left when a fifth of them is held out to evaluate,
# and of the rest a fold.
_OF_FOLDS = 8


def write_source(
    estimator: Any,
    path: str | PathLike[str],
    *,
    weights: bool = False,
    ensemble: bool = False,
) -> Path:
    """Write the best single network of an estimator as source, or all that answer.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted.
    path : str or path-like
        Of the file, which ends in ``.py``. It is replaced.
    weights : bool, default=False
        Write beside it what its own training would: the network in a ``.keras`` file,
        and what the preparation has learned in a ``.joblib`` file.
    ensemble : bool, default=False
        Write the networks that answer together, and not the best alone.

    Returns
    -------
    path : Path

    Raises
    ------
    CannotGenerateError
        If something of the estimator cannot be written without changing it.
    """
    path = Path(path)
    if path.suffix != ".py" or not path.stem.isidentifier():
        raise ValueError(
            "path must name a Python module, such as 'model.py', so that it can be "
            f"imported; got {str(path)!r}."
        )
    prepare, select, network = (step for _, step in estimator.best_estimator_.steps)
    task = _task(estimator, network)
    if ensemble:
        return _write_ensemble(estimator, path, task, weights=weights)
    preparation = preparation_source(estimator.input_kind_, prepare, select, task)
    path.write_text(_source(estimator, preparation, network, task, path.name), "utf-8")
    if weights:
        write_weights(path, preparation, network)
    return path


def _write_ensemble(estimator: Any, path: Path, task: Task, *, weights: bool) -> Path:
    members = read_members(estimator)
    for member in members:
        _refuse_compiled(member.network)
    preparations = read_preparations(estimator.input_kind_, members, task)
    source = ensemble_source(
        estimator,
        members,
        preparations,
        task,
        path.name,
        stratifies=task.is_classifier and _can_be_stratified(estimator, _OF_FOLDS),
    )
    path.write_text(source, "utf-8")
    if weights:
        write_all_weights(path, preparations, members)
    return path


def _task(estimator: Any, network: Any) -> Task:
    classes = getattr(estimator, "classes_", None)
    if classes is None:
        return Task(n_outputs=network.n_outputs_)
    return Task(classes.tolist())


def _source(
    estimator: Any,
    preparation: PreparationSource,
    network: Any,
    task: Task,
    file: str,
) -> str:
    stratifies = task.is_classifier and _can_be_stratified(estimator)
    _refuse_compiled(network)
    description = f"{_architecture_name(network)} for {task}"
    built = network_source(network.model_, description, preparation)
    class_weight = getattr(estimator, "class_weight", None)
    training = training_source(
        network, class_weight, preparation, stratifies=stratifies
    )
    command = preparation.command
    settings: dict[str, Any] = {
        **command.settings,
        **({"CLASSES": task.classes} if task.is_classifier else {}),
        **preparation.settings,
        "TEST_SHARE": 0.2,
        **training.settings,
        "MODEL": Code('Path(__file__).with_suffix(".keras")'),
        "LEARNED": Code('Path(__file__).with_suffix(".joblib")'),
    }
    definitions = preparation.definitions
    docstring = docstring_source(command, f"A neural network, {description}", file)
    head = docstring, head_source(command)
    reported = ["report_classes"] if task.is_classifier else []
    return join_file(
        "\n\n".join(head),
        settings,
        [
            [*built.parts, *preparation.parts, *training.parts],
            *([] if definitions is None else [definitions]),
            preparation.load,
            built.build,
            *trained_source(preparation, task),
            training.functions,
            [f"predict_{task.kind}", f"evaluate_{task.kind}", *reported],
            keep_source(preparation, task),
            main_source(command, task, stratifies=stratifies),
        ],
        stands_for(preparation, task),
    )


def _refuse_compiled(network: Any) -> None:
    if callable(network.architecture) and network.build_model().compiled:
        raise CannotGenerateError(
            "The architecture compiles its model itself, and what it is compiled with "
            "cannot be written as source. Return it without compiling it."
        )


def _can_be_stratified(estimator: Any, fewest: int = 2) -> bool:
    """Whether rows can be held out in the shares of the classes, as trainings do it."""
    record = estimator._record
    counts = [count for _, count in record.classes]
    # The record lists no more than a hundred.
    are_all = len(counts) == len(estimator.classes_)
    return are_all and min(counts) >= fewest and len(counts) <= 0.15 * record.n_rows


def _architecture_name(network: Any) -> str:
    architecture = network._architecture
    return str(architecture.name)
