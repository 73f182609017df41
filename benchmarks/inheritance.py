"""Children of an evolution that inherit weights beside those that begin anew.

    python benchmarks/inheritance.py
    python benchmarks/inheritance.py --tables vehicle --seeds 0 1

A parent is trained on two thirds of the rows, then children that differ from it by one
mutation: from new weights, and from the parent's wherever a layer is of the same shape,
for as many epochs and for a third of them. Scores are of the last third, standardised
by the deviation of the children's from new weights: what an evolution can see.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import numpy as np
from _tables import load, names
from scipy.stats import spearmanr
from sklearn.metrics import log_loss, r2_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from skautogen.architectures.table_blocks import SPACE, TABLE_BLOCKS
from skautogen.training._network_classifier import NetworkClassifier
from skautogen.training._network_regressor import NetworkRegressor

TABLES = ("vehicle", "concrete", "digits", "phoneme")
N_CHILDREN = 4
EPOCHS = 30


def train(make: Any, rows: Any, epochs: int, inherited: list[Any] | None, **settings):
    """A network, trained from new weights or from those of another."""

    class Heir(make):
        def build_model(self):
            model = super().build_model()
            if inherited is not None:
                model.set_weights(take_over(inherited, model.get_weights()))
            return model

    Heir.__name__ = make.__name__
    settings = {**settings, "epochs": epochs, "epoch_share": 1.0}
    network = Heir("table_blocks", hyperparameters=settings, early_stopping=False)
    return network.fit(*rows)


def take_over(old: list[np.ndarray], new: list[np.ndarray]) -> list[np.ndarray]:
    """New weights, with old ones wherever shapes agree: from the input on, then from
    the answer back."""
    taken = list(new)
    n_same = 0
    while n_same < min(len(old), len(new)) and old[n_same].shape == new[n_same].shape:
        taken[n_same] = old[n_same]
        n_same += 1
    for k in range(1, min(len(old), len(new)) - n_same + 1):
        if old[-k].shape != new[-k].shape:
            break
        taken[-k] = old[-k]
    return taken


def run(table: str, seed: int) -> list[list[float]]:
    """Scores of children: anew, inheriting, and inheriting with a third of epochs."""
    split = load(table, seed)
    X = StandardScaler().fit_transform(split.X_train.to_numpy(dtype="float32"))
    X, y = X[:1500], np.asarray(split.y_train)[:1500]
    is_regression = split.task == "regression"
    if is_regression:
        y = (y - y.mean()) / y.std()
    X, X_valid, y, y_valid = train_test_split(
        X, y, test_size=1 / 3, random_state=seed, stratify=None if is_regression else y
    )
    make = NetworkRegressor if is_regression else NetworkClassifier

    def score(network: Any) -> float:
        if is_regression:
            return r2_score(y_valid, network.predict(X_valid))
        return -log_loss(y_valid, network.predict_proba(X_valid))

    rng = np.random.RandomState(seed)
    known = TABLE_BLOCKS.portfolio[0]
    settings = {k: v for k, v in known.items() if k not in ("structure", "epoch_share")}
    parent_structure = SPACE.rvs(rng)
    rows = X.astype("float32"), y
    parent = train(make, rows, EPOCHS, None, structure=parent_structure, **settings)
    scores = []
    for _ in range(N_CHILDREN):
        settings["structure"] = SPACE.mutate(parent_structure, rng)
        plans = ((EPOCHS, None), (EPOCHS, parent), (EPOCHS // 3, parent))
        networks = [
            train(make, rows, epochs, each and each.weights_, **settings)
            for epochs, each in plans
        ]
        scores.append([score(each) for each in networks])
        print(table, seed, np.round(scores[-1], 4), file=sys.stderr, flush=True)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tables", nargs="+", default=TABLES)
    parser.add_argument("--seeds", nargs="+", type=int, default=range(3))
    given = parser.parse_args()
    gains, ranks = [], []
    for table in given.tables:
        if table not in names():
            print(f"{table} is left out: there is no folder with it")
            continue
        for seed in given.seeds:
            scores = np.array(run(table, seed))
            anew = scores[:, :1]
            gains += ((scores[:, 1:] - anew) / anew.std()).tolist()
            ranks.append([spearmanr(anew[:, 0], each)[0] for each in scores[:, 1:].T])
    if gains:
        print(f"{'inheriting, epochs':22}{EPOCHS:>8}{EPOCHS // 3:>8}")
        for name, values in (("median gain", gains), ("rank correlation", ranks)):
            one, third = np.nanmedian(values, axis=0)
            print(f"{name:22}{one:8.2f}{third:8.2f}")
        ahead = (np.array(gains) > 0).mean(axis=0)
        print(f"{'share of gains':22}{ahead[0]:8.2f}{ahead[1]:8.2f}")


if __name__ == "__main__":
    main()
