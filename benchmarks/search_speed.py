"""Seconds of a whole search: ours in both engines, and its peers, in one run.

    python benchmarks/search_speed.py [--repeats 3]

Digits (1797 x 64), one hidden layer of 64, 4 learning rates x 5 folds, 20 epochs,
batches of 32, refit included. Each way runs in a process of its own, and is timed from
the call of ``fit``, tracing included. Ratios are to the first way.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys

SETUP = """
import time, warnings
warnings.simplefilter("ignore")
from sklearn.datasets import load_digits
X, y = load_digits(return_X_y=True)
X = X / 16
rates = [0.0005, 0.001, 0.002, 0.005]
"""

OURS = """
from skautogen import AutoGenClassifier
from skautogen._backend import load_keras
load_keras()
space = {{"hidden_layer_sizes": [(64,)], "learning_rate": rates,
         "schedule": ["constant"], "batch_size": [32]}}
search = AutoGenClassifier(search="grid", param_space=space, cv=5, epochs=20,
                           early_stopping=False, engine="{engine}", random_state=0)
"""

SCIKERAS = """
import keras
from scikeras.wrappers import KerasClassifier
from sklearn.model_selection import GridSearchCV
def build(rate=0.001):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(64, "relu"),
                              keras.layers.Dense(10, "softmax")])
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    return model
model = KerasClassifier(build, rate=0.001, epochs=20, batch_size=32, verbose=0)
search = GridSearchCV(model, {"rate": rates}, cv=5)
"""

MLP = """
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
model = MLPClassifier((64,), max_iter=20, batch_size=32, random_state=0)
search = GridSearchCV(model, {"learning_rate_init": rates}, cv=5)
"""

TIMED = """
start = time.perf_counter()
search.fit(X, y)
print("RESULT", time.perf_counter() - start, search.best_score_)
"""

WAYS = {
    "skautogen, stacked": OURS.format(engine="stacked"),
    "skautogen, sequential": OURS.format(engine="sequential"),
    "SciKeras + GridSearchCV": SCIKERAS,
    "MLPClassifier + GridSearchCV": MLP,
}


def run(way: str) -> tuple[float, float]:
    """Seconds and best score of one way, in a fresh process."""
    code = SETUP + WAYS[way] + TIMED
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    line = next(each for each in done.stdout.splitlines() if each.startswith("RESULT"))
    _, seconds, score = line.split()
    return float(seconds), float(score)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    results = {way: [run(way) for _ in range(repeats)] for way in WAYS}
    first = statistics.median(seconds for seconds, _ in results[next(iter(WAYS))])
    print(f"{'way':<32}{'seconds':>9}{'ratio':>8}{'score':>8}")
    for way, runs in results.items():
        seconds = statistics.median(each for each, _ in runs)
        print(f"{way:<32}{seconds:>9.1f}{seconds / first:>8.1f}{runs[0][1]:>8.3f}")


if __name__ == "__main__":
    main()
