"""Floating-point operations a second of training, against a matrix product's.

    python benchmarks/step_rate.py [--batch-size 256] [--repeats 3]

20,000 x 50 rows, hidden layers (256, 256), ten classes, 4 learning rates x 5 folds and
the refit. What an epoch takes is the difference of two searches that differ in epochs
alone: compilation, preparation and scoring are in both. Operations are those of the
matrix products; all else that a step does counts as time lost. The limit is the
machine's rate in float32 for a product of two large matrices. Wanted: half of it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from itertools import pairwise

import numpy as np
from sklearn.datasets import make_classification

N_ROWS, N_COLUMNS, HIDDEN, N_CLASSES = 20_000, 50, (256, 256), 10
N_FOLDS = 5
RATES = [0.0005, 0.001, 0.002, 0.005]
EPOCHS = (1, 4)
MATRIX = 2_048


def operations_of_an_epoch() -> float:
    """Of all trainings: each weight is in three products, in two of the first layer."""
    widths = [N_COLUMNS, *HIDDEN, N_CLASSES]
    weights = [a * b for a, b in pairwise(widths)]
    of_a_row = 2 * (3 * sum(weights) - weights[0])
    n_rows = len(RATES) * (N_FOLDS - 1) * N_ROWS + N_ROWS
    return float(of_a_row * n_rows)


def seconds_of_a_search(epochs: int, batch_size: int) -> float:
    from skautogen import AutoGenClassifier

    X, y = make_classification(
        N_ROWS, N_COLUMNS, n_informative=20, n_classes=N_CLASSES, random_state=0
    )
    space = {
        "hidden_layer_sizes": [HIDDEN],
        "learning_rate": RATES,
        "batch_size": [batch_size],
        "schedule": ["constant"],
    }
    model = AutoGenClassifier(
        architecture="mlp",
        search="grid",
        ensemble_size=0,
        param_space=space,
        cv=N_FOLDS,
        epochs=epochs,
        early_stopping=False,
        random_state=0,
    )
    start = time.perf_counter()
    model.fit(X, y)
    return time.perf_counter() - start


def rate_of_a_product(repeats: int = 20) -> float:
    """Operations a second of the product of two large matrices, the median."""
    import tensorflow as tf

    a = tf.constant(np.random.default_rng(0).normal(size=(MATRIX, MATRIX)), tf.float32)
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        tf.matmul(a, a).numpy()
        seconds.append(time.perf_counter() - start)
    return 2 * MATRIX**3 / statistics.median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch-size", type=int, default=256)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    few, many = EPOCHS
    seconds_of_a_search(few, arguments.batch_size)  # what only the first fit costs
    rates = []
    for _ in range(arguments.repeats):
        difference = seconds_of_a_search(many, arguments.batch_size)
        difference -= seconds_of_a_search(few, arguments.batch_size)
        rates.append(operations_of_an_epoch() * (many - few) / difference)
    ours, limit = statistics.median(rates), rate_of_a_product()
    print(f"training       {ours / 1e9:6.1f} GFLOP/s")
    print(f"matrix product {limit / 1e9:6.1f} GFLOP/s")
    print(f"share          {ours / limit:6.2f}  (wanted: 0.5)")


if __name__ == "__main__":
    main()
