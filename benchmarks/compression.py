"""Bytes, score and milliseconds of estimators before and after ``compress``.

    python benchmarks/compression.py [--tables NAME ...] [--methods NAME ...]
        [--seconds 15] [--tolerance 0.01] [--seed 0]

Each table of quality.py is divided (75 % train), an estimator with defaults is fitted
for ``--seconds``, and compressed with its training rows. Scores here are on the test
rows, which neither ``fit`` nor ``compress`` has seen: accuracy, or R2. Bytes are of the
file that ``save`` writes; milliseconds the median of 50 calls of ``predict`` on one
row, before and after taking turns. The last lines are medians over the tables.

    python benchmarks/compression.py --keras

Instead, Keras' own ``Model.quantize`` on the networks of three architectures: bytes of
the ``.keras`` file, milliseconds of a call on one row, and the largest difference.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import _tables
import numpy as np

METHODS = ("auto", "distillation", "pruning", "int8", "int4", "float16")
TABLES = ("credit_g", "vehicle", "phoneme", "concrete", "hypothyroid")
CALLS = 50


@dataclass(frozen=True)
class Line:
    """What a method did to the estimator of a table; ratios are before to after."""

    smaller: float
    faster: float
    loss: float


def measure(name: str, methods: list[str], arguments: Any) -> dict[str, Line]:
    """Fit on a table, compress in each way, and print what came of it."""
    from skautogen import AutoGenClassifier, AutoGenRegressor

    split = _tables.load(name, arguments.seed)
    kind = AutoGenRegressor if split.task == "regression" else AutoGenClassifier
    model = kind(time_limit=arguments.seconds, random_state=arguments.seed)
    model.fit(split.X_train, split.y_train)
    before = model.score(split.X_test, split.y_test)
    lines = {}
    for method in methods:
        start = time.perf_counter()
        made = model.compress(
            split.X_train, split.y_train, method=method, tolerance=arguments.tolerance
        )
        seconds = time.perf_counter() - start
        after = made.estimator.score(split.X_test, split.y_test)
        ms = time_in_turns([model, made.estimator], split.X_test[:1])
        report = made.report
        loss = (before - after) / abs(before)
        lines[method] = Line(
            report.bytes_before / report.bytes_after, ms[0] / ms[1], loss
        )
        print(
            f"{name:<14}{method:<13}{report.bytes_before:>10,}{report.bytes_after:>10,}"
            f"{before:>8.4f}{after:>8.4f}{loss:>8.2%}{ms[0]:>8.2f}{ms[1]:>7.2f}"
            f"{seconds:>6.0f}  {report.done}",
            flush=True,
        )
    return lines


def time_in_turns(models: list[Any], row: Any) -> list[float]:
    """Median milliseconds of ``predict`` of each."""
    taken: list[list[float]] = [[] for _ in models]
    for _ in range(CALLS):
        for model, times in zip(models, taken, strict=True):
            start = time.perf_counter()
            model.predict(row)
            times.append(1e3 * (time.perf_counter() - start))
    return [statistics.median(times) for times in taken]


def quantize_with_keras() -> None:
    """Print what Keras' own quantisation brings."""
    import keras

    from skautogen.architectures import get_architecture

    X = np.random.default_rng(0).normal(size=(200, 18)).astype("float32")
    meta = {"n_features_in_": 18, "target_type_": "multiclass", "n_classes_": 4}
    print(f"{'network':<10}{'mode':<9}{'bytes':>10}{'ms':>8}{'difference':>12}")
    for name in ("realmlp", "resnet", "tabm"):
        for mode in (None, "int8", "int4", "float8"):
            keras.utils.set_random_seed(0)
            network = get_architecture(name)(meta)
            exact = np.asarray(network(X))
            if mode is not None:
                network.quantize(mode)
            difference = np.abs(np.asarray(network(X)) - exact).max()
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "network.keras"
                network.save(path)
                n_bytes = path.stat().st_size
            network(X[:1])
            times = []
            for _ in range(CALLS):
                start = time.perf_counter()
                network(X[:1])
                times.append(1e3 * (time.perf_counter() - start))
            print(
                f"{name:<10}{mode or 'float32':<9}{n_bytes:>10,}"
                f"{statistics.median(times):>8.2f}{difference:>12.1e}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", nargs="+", default=None)
    parser.add_argument("--methods", nargs="+", default=list(METHODS))
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--tolerance", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keras", action="store_true")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    if arguments.keras:
        quantize_with_keras()
        return
    bundled = list(_tables.BUNDLED)
    tables = arguments.tables or (bundled if _tables.folder_is_missing() else TABLES)
    for name in tables:
        _tables.check(name)
    print(
        f"{'table':<14}{'method':<13}{'bytes':>10}{'after':>10}{'score':>8}{'after':>8}"
        f"{'lost':>8}{'ms':>8}{'after':>7}{'s':>6}  done"
    )
    every = [measure(name, arguments.methods, arguments) for name in tables]
    print("medians: how many times smaller, faster; share of the score lost")
    for method in arguments.methods:
        lines = [each[method] for each in every]
        smaller, faster, loss = (
            statistics.median(getattr(each, field) for each in lines)
            for field in ("smaller", "faster", "loss")
        )
        print(f"{method:<14}{smaller:>6.1f}{faster:>6.1f}{loss:>8.2%}")


if __name__ == "__main__":
    main()
