"""Resident memory over many fits in one process.

    python benchmarks/memory.py [--fits 100] [--engine stacked]

Fits of the same structure, and then of ever new ones: growth per fit in MiB over the
last third, when whatever is kept on purpose (programs of the latest structures) is
full.
"""

from __future__ import annotations

import argparse
import gc
import warnings

import numpy as np
from sklearn.datasets import make_classification


def resident_mib() -> float:
    """Resident memory of this process."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fits", type=int, default=100)
    parser.add_argument("--engine", default="stacked")
    arguments = parser.parse_args()
    from skautogen import AutoGenClassifier

    warnings.simplefilter("ignore")
    X, y = make_classification(200, 10, random_state=0)
    for what in ("same structure", "new structures"):
        sizes = []
        for number in range(arguments.fits):
            width = 16 if what == "same structure" else 16 + number
            space = {"hidden_layer_sizes": [(width,)], "learning_rate": [0.01]}
            AutoGenClassifier(
                n_iter=1,
                cv=2,
                epochs=3,
                param_space=space,
                engine=arguments.engine,
                random_state=0,
            ).fit(X, y)
            gc.collect()
            sizes.append(resident_mib())
        last = sizes[-len(sizes) // 3 :]
        slope = np.polyfit(range(len(last)), last, 1)[0]
        print(
            f"{arguments.engine}, {what}: {sizes[0]:.0f} MiB after 1 fit, "
            f"{sizes[-1]:.0f} after {len(sizes)}, {slope:+.2f} MiB a fit"
        )


if __name__ == "__main__":
    main()
