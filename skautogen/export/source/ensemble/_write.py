"""The networks of an ensemble as a file of Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from .._file import join_file
from .._fragment import Fragment
from .._main import docstring_source, head_source, main_source
from .._task import Task
from .._trained import stands_for_inputs
from ..preparers import Code, PreparationSource
from ._answers import answers_source
from ._builds import builds_source
from ._folds import read_folds
from ._keep import keep_all_source, network_class
from ._members import Member
from ._table import Table, rows_source
from ._train_all import train_all_source
from ._training import trainings_source


def ensemble_source(
    estimator: Any,
    members: Sequence[Member],
    preparations: Sequence[PreparationSource],
    task: Task,
    file: str,
    *,
    stratifies: bool,
) -> str:
    """Write all networks that answer.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted.
    members : sequence of Member
    preparations : sequence of PreparationSource
        Of each of them: the same source, which has learned different things.
    task : Task
    file : str
        The name of the file.
    stratifies : bool
        Whether rows can be held out in the shares of the classes.

    Returns
    -------
    source : str
    """
    preparation, command = preparations[-1], preparations[-1].command
    folds = read_folds(members, estimator._record.n_rows)
    table = Table()
    names = [str(each.network._architecture.name) for each in members]
    models = [each.network.model_ for each in members]
    builds = builds_source(models, names, str(task), preparations, table)
    class_weight = getattr(estimator, "class_weight", None)
    trainings = trainings_source(
        members, class_weight, preparation, builds, table, stratifies=stratifies
    )
    temperature = estimator.ensemble_.temperature
    settings: dict[str, Any] = {
        **command.settings,
        **({"CLASSES": task.classes} if task.is_classifier else {}),
        **preparation.settings,
        "TEST_SHARE": 0.2,
        **trainings.settings,
        "TEMPERATURE": float(temperature),
        **({} if folds is None else {"N_FOLDS": folds.number}),
        "FOLDS": Code("range(N_FOLDS)"),
        "MODEL": Code('Path(__file__).with_suffix(".keras")'),
        "LEARNED": Code('Path(__file__).with_suffix(".joblib")'),
    }
    kinds = " and ".join(dict.fromkeys(names))
    description = f"{len(members)} neural networks that answer together, {kinds}"
    docstring = docstring_source(command, f"{description} for {task}", file)
    definitions = preparation.definitions
    reported = ["report_classes"] if task.is_classifier else []
    return join_file(
        f"{docstring}\n\n{head_source(command)}",
        settings,
        [
            [*builds.parts, *preparation.parts, *trainings.parts],
            *([] if definitions is None else [definitions]),
            preparation.load,
            _settings_class(builds.names, table, has_folds=folds is not None),
            *builds.functions,
            trainings.optimizer,
            _settings_rows(members, builds.names, table),
            network_class(preparation, task),
            trainings.train,
            train_all_source(preparation, folds, stratifies=stratifies),
            answers_source(preparation, task, temperature),
            [f"evaluate_{task.kind}", *reported],
            keep_all_source(preparation, task, builds, has_folds=folds is not None),
            main_source(command, task, stratifies=stratifies, kept="model_file(1)"),
        ],
        stands_for_inputs(preparation),
    )


def _settings_class(names: Sequence[str], table: Table, *, has_folds: bool) -> Fragment:
    first = [("weight", "float")]
    imports = ["from dataclasses import dataclass"]
    if len(set(names)) > 1:
        first.append(("build", "Callable[..., keras.Model]"))
        imports.append("from collections.abc import Callable")
    if has_folds:
        imports.append("from collections.abc import Sequence")
    code = table.class_source(first, len(names), has_folds=has_folds)
    return Fragment.of(code, *imports)


def _settings_rows(
    members: Sequence[Member], names: Sequence[str], table: Table
) -> Fragment:
    """The rows of the table: one for folds that follow one another and are alike.

    Networks stay in the order of the members, in which their weights are written.
    """

    def likeness(place: int) -> tuple[Any, ...]:
        member = members[place]
        row = tuple(table.row(place).items())
        return member.candidate, member.fold is None, names[place], row

    n_folds = 1 + max(
        (each.fold for each in members if each.fold is not None), default=0
    )
    written = []
    for _, alike in groupby(range(len(members)), likeness):
        places = list(alike)
        first = members[places[0]]
        row = {"weight": f"{first.weight:.9g}"}
        folds = [members[place].fold for place in places]
        if len(places) == n_folds and None not in folds:
            row["folds"] = "FOLDS"
        elif first.fold is not None:
            row["folds"] = str(folds)
        if len(set(names)) > 1:
            row["build"] = names[places[0]]
        written.append({**row, **table.row(places[0])})
    return Fragment.of(rows_source(written))
