"""Memory of fits: its growth over many, and its peak in a large one.

    python benchmarks/memory.py [--fits 100] [--engine stacked]
    python benchmarks/memory.py --search large

Without ``--search``: fits of the same structure in one process, and then of ever new
ones: growth per fit in MiB over the last third, when whatever is kept on purpose
(programs of the latest structures) is full.

With it: the peak of resident memory in a fresh process that makes one search of
``_workloads.py``, and for comparison what importing Keras and TensorFlow takes.
"""

from __future__ import annotations

import argparse
import gc
import resource
import warnings

import numpy as np
from _workloads import WORKLOADS, digits, in_fresh_process, our_search
from sklearn.datasets import make_classification

WANTED_MIB = 1536


def resident_mib() -> float:
    """Resident memory of this process."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096 / 2**20


def peak_mib() -> float:
    """Return the most resident memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def measure_growth(n_fits: int, engine: str) -> None:
    """Print how the memory of this process grows over fits of small tables."""
    from skautogen import AutoGenClassifier

    X, y = make_classification(200, 10, random_state=0)
    for what in ("same structure", "new structures"):
        sizes = []
        for number in range(n_fits):
            width = 16 if what == "same structure" else 16 + number
            space = {"hidden_layer_sizes": [(width,)], "learning_rate": [0.01]}
            AutoGenClassifier(
                architecture="mlp",
                n_iter=1,
                cv=2,
                epochs=3,
                param_space=space,
                engine=engine,
                random_state=0,
            ).fit(X, y)
            gc.collect()
            sizes.append(resident_mib())
        last = sizes[-len(sizes) // 3 :]
        slope = np.polyfit(range(len(last)), last, 1)[0]
        print(
            f"{engine}, {what}: {sizes[0]:.0f} MiB after 1 fit, "
            f"{sizes[-1]:.0f} after {len(sizes)}, {slope:+.2f} MiB a fit"
        )


def measure_peak(workload: str, engine: str) -> tuple[float, float]:
    """Memory of this process in MiB: with Keras imported, and the peak of a search."""
    warnings.simplefilter("ignore")
    import keras  # noqa: F401

    imported = resident_mib()
    search = our_search(WORKLOADS[workload].candidates, engine)
    search.fit(*digits())
    return imported, peak_mib()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fits", type=int, default=100)
    parser.add_argument("--engine", default="stacked")
    parser.add_argument("--search", choices=WORKLOADS)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    if arguments.search is None:
        measure_growth(arguments.fits, arguments.engine)
        return
    imported, peak = in_fresh_process(measure_peak, arguments.search, arguments.engine)
    print(
        f"{arguments.engine}, {arguments.search}: {imported:.0f} MiB with Keras and "
        f"TensorFlow imported, {peak:.0f} at the peak of the search "
        f"(wanted: under {WANTED_MIB})"
    )


if __name__ == "__main__":
    main()
