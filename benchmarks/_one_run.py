"""One run of quality.py, in the process that it has for itself.

    python benchmarks/_one_run.py TABLE SYSTEM SEED SECONDS FILE

Writes a JSON object to FILE: what was measured, or what is ``missing``.
"""

from __future__ import annotations

import json
import math
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from _problem import Problem
from _systems import SYSTEMS
from _tables import Split, load
from sklearn.metrics import log_loss, roc_auc_score, root_mean_squared_error


def run(table: str, name: str, seed: int, seconds: float) -> dict[str, Any]:
    """Fit and predict, timed without the imports."""
    split = load(table, seed)
    system = SYSTEMS[name]
    try:
        model = system.make(Problem(split.task, seconds, seed))
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    start = time.perf_counter()
    model.estimator.fit(split.X_train, split.y_train, **model.fit_params)
    fitted = time.perf_counter()
    errors = _errors(model.estimator, split)
    return {
        "task": split.task,
        **errors,
        "fit_seconds": round(fitted - start, 2),
        "version": _version(system.distribution),
    }


def _errors(estimator: Any, split: Split) -> dict[str, float]:
    """Predict once, as the error needs it, and compare."""
    X, y = split.X_test, split.y_test
    start = time.perf_counter()
    if split.task == "regression":
        predicted = np.ravel(estimator.predict(X))
        seconds = time.perf_counter() - start
        error = root_mean_squared_error(y, predicted) / y.std()
        return {"error": error, "predict_seconds": round(seconds, 4)}
    probability = np.asarray(estimator.predict_proba(X))
    seconds = time.perf_counter() - start
    n_classes = len(np.unique(split.y_train))
    if probability.shape != (len(X), n_classes):
        raise ValueError(
            f"predict_proba() has the shape {probability.shape}, and not "
            f"{(len(X), n_classes)}"
        )
    if split.task == "binary":
        error = 1 - roc_auc_score(y, probability[:, 1])
    else:
        error = np.mean(np.ravel(estimator.predict(X)) != y)
    return {
        "error": float(error),
        "log_loss": log_loss(y, probability, labels=range(n_classes)),
        "predict_seconds": round(seconds, 4),
    }


def _version(distribution: str) -> str | None:
    """Look up a version; None for what is not installed but on the path."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def main() -> None:
    """Run, and write what came out."""
    table, name, seed, seconds, file = sys.argv[1:]
    result = run(table, name, int(seed), float(seconds))
    if not math.isfinite(result.get("error", 0.0)):
        raise ValueError("some predictions are not finite")
    Path(file).write_text(json.dumps(result))


if __name__ == "__main__":
    main()
