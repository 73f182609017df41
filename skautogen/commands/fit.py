"""``skautogen fit``: from a file of data to a file of a model."""

from __future__ import annotations

import argparse
import time
from typing import Any

from ._arguments import add_data, add_output, add_target
from ._console import say
from ._files import check_output, read_known

HELP = "search a network for a file of data, train it, and save it"

# Options that are parameters of the estimator.
_SETTINGS = ("search", "n_iter", "scoring", "time_limit", "random_state")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser, "train")
    add_target(parser, "needed for tables")
    add_output(parser, "MODEL", "the model to this file")
    parser.add_argument(
        "--task",
        choices=["auto", "classification", "regression"],
        default="auto",
        help="what to learn (default: by the target, and said)",
    )
    parser.add_argument(
        "--time-limit",
        type=float,
        metavar="SECONDS",
        help="for the whole search (default: about a minute on 10,000 rows)",
    )
    parser.add_argument(
        "--n-iter", type=int, metavar="N", help="candidates (default: by the rows)"
    )
    parser.add_argument(
        "--scoring",
        metavar="METRIC",
        help="scikit-learn's name of the metric that chooses (default: accuracy or r2)",
    )
    parser.add_argument(
        "--search",
        metavar="STRATEGY",
        help="random, halving, halving_epochs, evolution or tpe (default: random)",
    )
    parser.add_argument(
        "--random-state",
        type=int,
        metavar="SEED",
        help="the same number gives the same model",
    )


def run(arguments: argparse.Namespace) -> int:
    """Search, train, and save."""
    output = check_output(
        arguments.output, arguments.train, overwrite=arguments.overwrite
    )
    X, y = read_known(arguments.train, arguments.target)
    say(f"{arguments.train}: {len(X):,} rows{_say_columns(X)}.")
    model = _make_estimator(arguments, y)
    start = time.perf_counter()
    model.fit(X, y)
    model.save(output)
    _print_result(model, output, time.perf_counter() - start)
    return 0


def _make_estimator(arguments: argparse.Namespace, y: Any) -> Any:
    """The estimator of the task, which is said."""
    from ..classifier import AutoGenClassifier
    from ..data import find_other_task, infer_task
    from ..regressor import AutoGenRegressor

    task = infer_task(y, arguments.task)
    asked = find_other_task(y, task.name)
    if asked is not None:
        raise ValueError(
            f"--task {task.name}: the target has {asked.reason}, which ask for --task "
            f"{asked.name}. Or name another target by --target."
        )
    other = "regression" if task.name == "classification" else "classification"
    advice = f" If that is not meant: --task {other}." if task.is_guess else ""
    say(f"Task: {task.name} ({task.reason}).{advice}")
    given = {name: getattr(arguments, name) for name in _SETTINGS}
    settings = {name: value for name, value in given.items() if value is not None}
    is_classes = task.name == "classification"
    estimator = AutoGenClassifier if is_classes else AutoGenRegressor
    return estimator(verbose=1, **settings)


def _say_columns(X: Any) -> str:
    columns = list(getattr(X, "columns", ()))
    return f", {len(columns):,} column{'s' * (len(columns) != 1)}" if columns else ""


def _print_result(model: Any, output: Any, seconds: float) -> None:
    score = model.oof_score_ if model.ensemble_ else model.best_score_
    metric = model.scoring or model._default_scoring
    n_tried = len(model.cv_results_["params"])
    print(
        f"{metric} {score:.4f} by cross-validation ({n_tried} "
        f"candidate{'s' * (n_tried != 1)}, {seconds:.0f} s). Saved: {output}"
    )
