"""The searches that are measured: on what data, over which candidates, wanted how fast.

All are on digits (1797 x 64), with one hidden layer, five folds, 20 epochs, batches of
32 and no early stopping.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import ParameterGrid

N_FOLDS = 5
EPOCHS = 20
BATCH_SIZE = 32


@dataclass(frozen=True)
class Workload:
    """A grid of candidates, and how it is measured.

    Parameters
    ----------
    space : mapping of str to sequence
        The values of each setting, named as ``AutoGenClassifier(param_space)`` does.
    wanted : mapping of str to float
        Way of searching -> how many times our seconds it should at least take.
    n_sampled : int
        Candidates that the slow ways are measured on, unless told otherwise.
    repeats : int
        Runs of each way, unless told otherwise.
    """

    space: Mapping[str, Sequence[Any]]
    wanted: Mapping[str, float]
    n_sampled: int
    repeats: int

    @property
    def candidates(self) -> list[dict[str, Any]]:
        """Every candidate of the grid."""
        return list(ParameterGrid(dict(self.space)))

    def sample(self, n: int) -> list[dict[str, Any]]:
        """Choose candidates in which the values of each setting are equally common.

        Then their mean time is that of the whole grid. Exactly so are they where ``n``
        is a multiple of the number of values of every setting, and else about so.
        """
        left = self.candidates
        chosen: list[dict[str, Any]] = []
        times: Counter[Any] = Counter()
        for _ in range(min(n, len(left))):
            # Values first; then pairs of them, since a tanh costs more in a wide layer.
            rarest = min(
                left,
                key=lambda each: (
                    sum(times[value] for value in each.items()),
                    sum(times[pair] for pair in combinations(each.items(), 2)),
                ),
            )
            left.remove(rarest)
            chosen.append(rarest)
            times.update(rarest.items())
            times.update(combinations(rarest.items(), 2))
        return chosen


WORKLOADS = {
    "small": Workload(
        space={
            "hidden_layer_sizes": [(64,)],
            "activation": ["relu"],
            "optimizer": ["adam"],
            "learning_rate": [0.0005, 0.001, 0.002, 0.005],
        },
        wanted={"scikeras": 20, "mlp": 3},
        n_sampled=4,
        repeats=3,
    ),
    "large": Workload(
        space={
            "hidden_layer_sizes": [(32,), (64,), (128,), (256,)],
            "activation": ["relu", "tanh"],
            "optimizer": ["adam", "momentum", "rmsprop"],
            "learning_rate": [0.001, 0.003, 0.01],
        },
        wanted={"scikeras": 60, "mlp": 8},
        n_sampled=12,
        repeats=1,
    ),
}


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Load the images, their pixels between 0 and 1, and what they show."""
    X, y = load_digits(return_X_y=True)
    return X / 16, y


def our_search(candidates: Sequence[Mapping[str, Any]], engine: str) -> Any:
    """Make our search of exactly these candidates."""
    # A user has Keras imported before the call of fit that is measured.
    import keras  # noqa: F401

    from skautogen import AutoGenClassifier

    fixed = {"schedule": ["constant"], "batch_size": [BATCH_SIZE]}
    return AutoGenClassifier(
        architecture="mlp",
        search="grid",
        ensemble_size=0,
        param_space=[grid | fixed for grid in one_by_one(candidates)],
        cv=N_FOLDS,
        epochs=EPOCHS,
        early_stopping=False,
        engine=engine,
        random_state=0,
    )


def one_by_one(candidates: Sequence[Mapping[str, Any]]) -> list[dict[str, list[Any]]]:
    """Write candidates as scikit-learn's searches take them: a grid of one for each."""
    return [{name: [value] for name, value in each.items()} for each in candidates]


def in_fresh_process(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a process that has run nothing yet."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_mute_stderr) as pool:
        return pool.submit(function, *arguments).result()


def _mute_stderr() -> None:
    """Hold back what TensorFlow logs at its start; exceptions come by another way."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
