"""``skautogen init``: a configuration for data, to be read and changed."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from ._console import say
from ._files import check_output

HELP = "write a configuration for a file of data, with all that can be set"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "data",
        metavar="DATA",
        help="a file or folder of data, or the name of a set such as cifar10",
    )
    parser.add_argument(
        "--target",
        metavar="COLUMN",
        help="the column to predict (default: one that is called target, label, "
        "class, y or outcome, or else the last)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="config.yaml",
        help="the configuration to write (default: %(default)s)",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace FILE if it is there"
    )


def run(arguments: argparse.Namespace) -> int:
    """Look at the data, and write."""
    _refuse_configuration(arguments.data)
    output = check_output(
        arguments.output, arguments.data, overwrite=arguments.overwrite
    )
    from ..config import parse_config
    from ..config._template import make_template

    task = _task(arguments.data, arguments.target, output)
    text = make_template({"task": task}, str(output))
    parse_config(text, str(output))
    output.write_text(text, encoding="utf-8")
    say(f"Written: {output}. Read it, and then: skautogen generate --config {output}")
    return 0


def _refuse_configuration(data: str) -> None:
    """Refuse a configuration in the place of the data."""
    if data.lower().endswith((".yaml", ".yml")):
        raise ValueError(
            f"DATA is {data}, a configuration: init writes one for a file of data. To "
            f"search by it: skautogen generate --config {data}"
        )


def _task(data: str, target: str | None, output: Path) -> dict[str, Any]:
    """The section ``task`` for data."""
    from ..config.datasets import find_named

    named = find_named(data)
    if named is not None and not os.path.exists(data):
        say(f"{data}: {named.tasks[0]}.")
        return {"name": named.tasks[0], "dataset": {"name": data}}
    return _task_of_file(data, target, output)


def _task_of_file(data: str, target: str | None, output: Path) -> dict[str, Any]:
    from ..config.task import name_task
    from ..data import infer_task, read_data, take_data
    from ..data._table import likely_target
    from ..inputs import detect_kind

    rows, _ = read_data(data)
    if target is None and hasattr(rows, "columns"):
        target = likely_target(list(map(str, rows.columns)))
        say(f"Target: the column {target!r}. If that is not meant: --target COLUMN.")
    X, y = take_data(data, target)
    # A table of nothing but one column of texts is texts.
    is_column = hasattr(X, "columns") and len(X.columns) == 1
    kind = detect_kind(X[X.columns[0]] if is_column else X)
    learned = infer_task(y)
    name = name_task(kind.name, learned.name)
    say(f"{data}: {len(X):,} rows. Task: {name} ({learned.reason}).")
    # Paths of a configuration begin at its folder.
    dataset: dict[str, Any] = {"path": os.path.relpath(data, output.parent)}
    if target is not None:
        dataset["target"] = target
    return {"name": name, "dataset": dataset}
