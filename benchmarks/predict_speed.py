"""Seconds of ``predict``: ours against scikit-learn's MLPClassifier, in one run.

    python benchmarks/predict_speed.py [--calls 1000] [--repeats 3]

Two hidden layers of 64, 20 columns of numbers in an array. One row: the median of
``--calls`` calls. A million rows: the median of ``--repeats`` calls, and the MiB that
NumPy allocates beside X at the peak of one more. The two take turns, so that whatever
else the machine does is shared. Ratios are ours to MLPClassifier's: below 1 is faster.
"""

from __future__ import annotations

import argparse
import statistics
import time
import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.datasets import make_classification
from sklearn.neural_network import MLPClassifier

HIDDEN = (64, 64)
N_TRAINING_ROWS = 2_000
N_LONG_ROWS = 1_000_000
# Calls in a row before the other's turn: the caches are then one's own.
CALLS_A_TURN = 50

Predict = Callable[[np.ndarray], Any]


def fit_both() -> tuple[Predict, Predict, np.ndarray]:
    """Fit ours and MLPClassifier; their ``predict``, and the rows they know."""
    from skautogen import AutoGenClassifier

    X, y = make_classification(N_TRAINING_ROWS, 20, random_state=0)
    ours = AutoGenClassifier(
        architecture="mlp",
        ensemble_size=0,
        param_space={"hidden_layer_sizes": [HIDDEN]},
        search="grid",
        cv=2,
        epochs=3,
        random_state=0,
    )
    peer = MLPClassifier(HIDDEN, max_iter=3, random_state=0)
    return ours.fit(X, y).predict, peer.fit(X, y).predict, X


def time_in_turns(ways: list[Predict], X: np.ndarray, calls: int) -> list[float]:
    """Median seconds of a call of each way."""
    seconds: list[list[float]] = [[] for _ in ways]
    a_turn = min(calls, CALLS_A_TURN) if len(X) == 1 else 1
    for predict in ways:
        predict(X)  # what only the first call does
    while len(seconds[-1]) < calls:
        for predict, taken in zip(ways, seconds, strict=True):
            for _ in range(a_turn):
                start = time.perf_counter()
                predict(X)
                taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in seconds]


def peak_mib(predict: Predict, X: np.ndarray) -> float:
    """Most MiB that NumPy holds during a call, X not counted."""
    tracemalloc.start()
    predict(X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    ours, peer, X = fit_both()
    long = np.tile(X, (N_LONG_ROWS // len(X), 1))
    print(f"{'rows':>9}{'ours, ms':>12}{'MLP, ms':>12}{'ratio':>8}")
    for table, calls in ((X[:1], arguments.calls), (long, arguments.repeats)):
        mine, other = time_in_turns([ours, peer], table, calls)
        print(
            f"{len(table):>9}{mine * 1e3:>12.3f}{other * 1e3:>12.3f}"
            f"{mine / other:>8.2f}"
        )
    mine, other = peak_mib(ours, long), peak_mib(peer, long)
    print(f"MiB beside X at the peak: ours {mine:.0f}, MLPClassifier {other:.0f}")


if __name__ == "__main__":
    main()
