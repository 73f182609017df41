"""Seconds of a whole search: ours in both engines, and its peers.

    python benchmarks/search_speed.py --workload small
    python benchmarks/search_speed.py --workload large
    python benchmarks/search_speed.py --workload large --ways stacked mlp --repeats 3

- small: 4 learning rates;
- large: 3 optimizers x 2 activations x 4 widths x 3 learning rates, 72 candidates.

Each times 5 folds, refit included; the rest is in ``_workloads.py``. Each way runs in a
process of its own. Keras is imported, and the clock starts at the call of ``fit``, the
first of the process: tracing counts.

The slow ways of "large" are measured on a sample of the candidates
(``--peer-candidates``), in which the values of each setting are equally common, and
scaled up: the search as the candidates are more, the refit as it is. What only the
first training of a process costs must not be multiplied: a tiny search goes before,
untimed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from _workloads import (
    BATCH_SIZE,
    EPOCHS,
    N_FOLDS,
    WORKLOADS,
    Workload,
    digits,
    in_fresh_process,
    one_by_one,
    our_search,
)
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier

Candidates = Sequence[Mapping[str, Any]]


def build_network(candidate: Mapping[str, Any]) -> Any:
    """Build and compile the Keras model of one candidate, for SciKeras."""
    import keras

    optimizers = {
        "adam": keras.optimizers.Adam,
        "momentum": partial(keras.optimizers.SGD, momentum=0.9, nesterov=True),
        "rmsprop": keras.optimizers.RMSprop,
    }
    (width,) = candidate["hidden_layer_sizes"]
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(width, candidate["activation"]),
            keras.layers.Dense(10, "softmax"),
        ]
    )
    optimizer = optimizers[candidate["optimizer"]](candidate["learning_rate"])
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


def scikeras_search(candidates: Candidates) -> GridSearchCV:
    """Make the search of a SciKeras user."""
    from scikeras.wrappers import KerasClassifier

    model = KerasClassifier(
        build_network, candidate=None, epochs=EPOCHS, batch_size=BATCH_SIZE, verbose=0
    )
    return GridSearchCV(model, {"candidate": list(candidates)}, cv=N_FOLDS)


def mlp_search(candidates: Candidates) -> GridSearchCV:
    """Make the search of who stays inside scikit-learn."""
    # There is no RMSprop, whose step costs as much as that of Adam.
    solvers = {"adam": "adam", "momentum": "sgd", "rmsprop": "adam"}
    grid = [
        {
            "hidden_layer_sizes": each["hidden_layer_sizes"],
            "activation": each["activation"],
            "solver": solvers[each["optimizer"]],
            "learning_rate_init": each["learning_rate"],
        }
        for each in candidates
    ]
    model = MLPClassifier(
        max_iter=EPOCHS,
        n_iter_no_change=EPOCHS,  # the others do not stop early either
        batch_size=BATCH_SIZE,
        random_state=0,
    )
    return GridSearchCV(model, one_by_one(grid), cv=N_FOLDS)


@dataclass(frozen=True)
class Way:
    """A way of searching."""

    name: str
    make: Callable[[Candidates], Any]
    is_slow: bool = True


WAYS = {
    "stacked": Way(
        "skautogen, stacked", partial(our_search, engine="stacked"), is_slow=False
    ),
    "sequential": Way(
        "skautogen, sequential", partial(our_search, engine="sequential")
    ),
    "scikeras": Way("SciKeras + GridSearchCV", scikeras_search),
    "mlp": Way("MLPClassifier + GridSearchCV", mlp_search),
}


@dataclass(frozen=True)
class Run:
    """What one run of a way took, in seconds, and found."""

    seconds: float
    score: float


def measure(way: str, candidates: Candidates, scale: float) -> Run:
    """Search once, in this process; ``scale`` is how many times more there would be."""
    warnings.simplefilter("ignore")
    X, y = digits()
    make = WAYS[way].make
    if scale > 1:
        make(candidates[:1]).fit(X[:100], y[:100])
    search = make(candidates)
    start = time.perf_counter()
    search.fit(X, y)
    seconds = time.perf_counter() - start
    refit = getattr(search, "search_", search).refit_time_
    return Run((seconds - refit) * scale + refit, search.best_score_)


def report(workload: Workload, runs: Mapping[str, list[Run]], n_sampled: int) -> None:
    """Print medians over the runs, beside what is wanted."""
    seconds = {
        way: statistics.median(run.seconds for run in of) for way, of in runs.items()
    }
    ours = seconds.get("stacked")
    n_candidates = len(workload.candidates)
    sampled = {way for way in runs if WAYS[way].is_slow and n_sampled < n_candidates}
    print(f"{'way':<32}{'seconds':>9}{'ratio':>8}{'wanted':>8}{'score':>8}")
    for way, of in runs.items():
        ratio = f"{seconds[way] / ours:.1f}" if ours else "-"
        wanted = f">= {workload.wanted[way]}" if way in workload.wanted else "-"
        name = WAYS[way].name + (" *" if way in sampled else "")
        score = statistics.median(run.score for run in of)
        print(f"{name:<32}{seconds[way]:>9.1f}{ratio:>8}{wanted:>8}{score:>8.3f}")
    if sampled:
        print(
            f"* measured on {n_sampled} of {n_candidates} candidates x {N_FOLDS} folds "
            "and scaled up; the score is the best of these"
        )
    if "mlp" in runs and "rmsprop" in workload.space["optimizer"]:
        print("MLPClassifier has no RMSprop: its Adam is measured in place of it")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workload", choices=WORKLOADS, default="small")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--repeats", type=int, help="default: 3, of large 1")
    parser.add_argument(
        "--peer-candidates",
        type=int,
        help="candidates that the slow ways are measured on; of large best a multiple "
        "of 12 (default: all, of large 12)",
    )
    arguments = parser.parse_args()
    workload = WORKLOADS[arguments.workload]
    everything = workload.candidates
    sample = workload.sample(arguments.peer_candidates or workload.n_sampled)
    runs: dict[str, list[Run]] = {way: [] for way in arguments.ways}
    # One of each in turn, so that a slow spell of the machine is not all in one way.
    for number in range(arguments.repeats or workload.repeats):
        for way, of in runs.items():
            chosen = sample if WAYS[way].is_slow else everything
            scale = len(everything) / len(chosen)
            of.append(in_fresh_process(measure, way, chosen, scale))
            print(f"run {number + 1}: {way}, {of[-1].seconds:.1f} s", file=sys.stderr)
    report(workload, runs, len(sample))


if __name__ == "__main__":
    main()
