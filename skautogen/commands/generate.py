"""``skautogen generate``: from a configuration to a network as a Python file."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._console import say
from ._data_file import DataFile, data_file, write_rows
from ._files import check_output, sidecar_of

if TYPE_CHECKING:
    from ..config import Config, Data

HELP = "find a network for a configuration, and write it as a Python file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        default="config.yaml",
        help="what is predicted from which data, and how (default: %(default)s); "
        "skautogen init writes one",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="MODEL.py",
        help="the Python file to write (default: export.code of the configuration, "
        "which is model.py beside it)",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that are there"
    )


def run(arguments: argparse.Namespace) -> int:
    """Search, write, and evaluate."""
    from ..config import load_config

    config = load_config(arguments.config)
    outputs = _outputs(config, arguments.output)
    file = data_file(config, outputs["code"])
    _check_written(config, outputs, file, arguments)
    data = config.load_data()
    say(
        f"{config.task.name}: {len(data.X_train):,} rows to train on, "
        f"{len(data.X_test):,} to test on."
    )
    start = time.perf_counter()
    model = config.make_estimator(verbose=1).fit(data.X_train, data.y_train)
    seconds = time.perf_counter() - start
    is_complete = _write(model, config, data, outputs, file)
    n_tried = len(model.cv_results_["params"])
    plural = "s" * (n_tried != 1)
    print(f"{n_tried} candidate{plural} in {seconds:.0f} s. On the rows to test on:")
    for name, value in model.evaluate(data.X_test, data.y_test).items():
        print(f"{name:18} {value:.4f}")
    if model.ensemble_:
        print(_of_which(model, outputs))
    return 0 if is_complete else 1


def _of_which(model: Any, outputs: dict[str, Path]) -> str:
    """Say whose scores these are, where the file has another network."""
    n_networks = len(model.ensemble_.pipelines)
    return (
        f"These are the scores of {n_networks} networks that answer together, which "
        f"export.estimator keeps; {outputs['code'].name} is the best of them alone. "
        "model.ensemble_size: 0 in the configuration scores what is written."
    )


def _outputs(config: Config, output: str | None) -> dict[str, Path]:
    """What is written, and where: first of all what keeps the finished work."""
    export = config.export
    keys = ("estimator", "code", "report", "keras", "saved_model", "onnx", "litert")
    outputs = {
        key: config.find(getattr(export, key)) for key in keys if getattr(export, key)
    }
    if output is not None:
        outputs["code"] = _check_code(output)
    return outputs


def _check_code(output: str) -> Path:
    from ..config.export import check_module

    try:
        return Path(check_module(output))
    except ValueError as error:
        raise ValueError(f"-o {error}") from None


def _check_written(
    config: Config,
    outputs: dict[str, Path],
    file: DataFile,
    arguments: argparse.Namespace,
) -> None:
    """Refuse files that must not be written, before the search."""
    code = outputs["code"]
    written = list(outputs.values())
    written += [
        sidecar_of(path)
        for key, path in outputs.items()
        if key in ("keras", "saved_model", "onnx", "litert")
    ]
    if config.export.weights:
        written += [code.with_suffix(".keras"), code.with_suffix(".joblib")]
    if not file.is_own:
        written.append(file.path)
    dataset = config.task.dataset
    read = [
        str(config.find(each)) for each in (dataset.path, dataset.test_path) if each
    ]
    seen: set[Path] = set()
    for path in written:
        check_output(str(path), arguments.config, *read, overwrite=arguments.overwrite)
        if path.resolve() in seen:
            raise ValueError(
                f"{path} would be written twice: the code, its weights and its data, "
                "and the files of the section export need names of their own."
            )
        seen.add(path.resolve())


def _write(
    model: Any, config: Config, data: Data, outputs: dict[str, Path], file: DataFile
) -> bool:
    """Write what can be written. What cannot be must not cost the finished search."""
    is_complete = True
    for key, path in outputs.items():
        try:
            _writer(key, model, config, data, file)(path)
        except Exception as error:  # of any converter
            say(f"skautogen: {path} was not written: {error}")
            is_complete = False
        else:
            say(f"Written: {path}")
    if not is_complete and "estimator" not in outputs:
        _keep(model, outputs["code"].with_suffix(".skautogen"))
    return is_complete


def _writer(
    key: str, model: Any, config: Config, data: Data, file: DataFile
) -> Callable[[Path], object]:
    if key == "code":
        return lambda path: _write_code(model, config, data, path, file)
    if key == "estimator":
        return model.save
    if key == "report":
        return lambda path: model.report(path, data.X_test, data.y_test)
    return lambda path: model.export(path, format=key)


def _write_code(
    model: Any, config: Config, data: Data, path: Path, file: DataFile
) -> None:
    """Write the Python file, with the data of the configuration as its own."""
    is_column = config.task.kind == "text" and hasattr(data.X_train, "columns")
    model.generate_code(
        path,
        weights=config.export.weights,
        data=os.path.relpath(file.path),
        target=file.target,
        text=data.X_train.columns[0] if is_column else None,
    )
    # After the source: what cannot be written needs no data.
    if not file.is_own:
        write_rows(data, file.target, file.path)
        say(f"Written: {file.path}, the rows that it trains on")


def _keep(model: Any, path: Path) -> None:
    """Save the estimator, under a name that is free."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}_{number}")
    model.save(free)
    say(f'The network is kept in {free}: skautogen.load("{free}") reads it.')
