"""Best score against time of searches over structures: evolution beside chance.

    python benchmarks/structures.py
    python benchmarks/structures.py --tables vehicle digits --seeds 0 1 --seconds 60
    python benchmarks/structures.py --out runs.jsonl --report-only --picture curves.png

Both search the same space from the same first candidates, each in a process of its own
with the same time. A candidate has three folds of 30 epochs: then a minute or two are
enough for some dozens of them. Scores are those of cross-validation (R2, or minus the
log loss), by which a search chooses; what the winner makes of rows it has not seen
stands beside.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from _tables import load, names

STRATEGIES = ("evolution", "random")
TABLES = ("vehicle", "concrete", "digits", "phoneme")
SETTINGS = {"cv": 3, "epochs": 30, "ensemble_size": 0, "n_iter": 10_000}
# Shares of the time at which the best score so far is compared.
SHARES = (0.25, 0.5, 0.75, 1.0)


def run(table: str, strategy: str, seed: int, seconds: float, most_rows: int) -> Any:
    """Search once, and tell when each candidate was scored, and how well."""
    from sklearn.metrics import get_scorer

    from skautogen import AutoGenClassifier, AutoGenRegressor

    split = load(table, seed)
    make, metric = AutoGenClassifier, "neg_log_loss"
    if split.task == "regression":
        make, metric = AutoGenRegressor, "r2"
    scorer, moments = get_scorer(metric), []

    def score(model: Any, X: Any, y: Any) -> float:
        moments.append(time.perf_counter() - start)
        return scorer(model, X, y)

    model = make(
        architecture="table_blocks",
        search=strategy,
        scoring=score,
        time_limit=seconds,
        random_state=seed,
        **SETTINGS,
    )
    rows = np.arange(min(len(split.y_train), most_rows))
    start = time.perf_counter()
    model.fit(split.X_train.iloc[rows], split.y_train[rows])
    scores, n_splits = model.cv_results_["mean_test_score"], model.search_.n_splits_
    ends = moments[n_splits - 1 :: n_splits][: len(scores)]
    return {
        "table": table,
        "strategy": strategy,
        "seed": seed,
        "seconds": seconds,
        "ends": np.round(ends, 2).tolist(),
        "scores": np.round(scores, 5).tolist(),
        "test": scorer(model, split.X_test, split.y_test),
        "best": str(model.best_params_["structure"]),
    }


def best_at(result: dict[str, Any], moment: float) -> float:
    """The best score of the candidates that were finished by then."""
    pairs = zip(result["ends"], result["scores"], strict=False)
    return max((s for end, s in pairs if end <= moment and s == s), default=-np.inf)


def report(results: list[dict[str, Any]]) -> None:
    """Print medians over the seeds, and how often evolution was ahead."""
    of: dict[Any, dict[int, Any]] = defaultdict(dict)
    for each in results:
        of[each["table"], each["strategy"]][each["seed"]] = each
    tables = sorted({each["table"] for each in results})
    shares = "".join(f"{share:>11.0%}" for share in SHARES)
    print(f"\n{'table':14}{'strategy':12}{'tried':>6}{shares}{'test':>11}")
    wins = dict.fromkeys((*SHARES, "test"), 0)
    n_pairs = 0
    for table in tables:
        for strategy in STRATEGIES:
            runs = list(of[table, strategy].values())
            if not runs:
                continue
            best = [[best_at(r, s * r["seconds"]) for s in SHARES] for r in runs]
            row = [*np.median(best, axis=0), np.median([r["test"] for r in runs])]
            tried = np.median([len(r["scores"]) for r in runs])
            figures = "".join(f"{each:11.4f}" for each in row)
            print(f"{table:14}{strategy:12}{tried:6.0f}{figures}")
        ours, theirs = (of[table, strategy] for strategy in STRATEGIES)
        for seed in sorted(set(ours) & set(theirs)):
            n_pairs += 1
            one, other = ours[seed], theirs[seed]
            for share in SHARES:
                moment = share * one["seconds"]
                wins[share] += best_at(one, moment) > best_at(other, moment)
            wins["test"] += one["test"] > other["test"]
    counts = "".join(f"{n}/{n_pairs}".rjust(11) for n in wins.values())
    print(f"{'evolution is ahead':32}{counts}")


def draw(results: list[dict[str, Any]], path: Path) -> None:
    """Draw the best score against time, a panel each table, medians over seeds."""
    from matplotlib.figure import Figure

    tables = sorted({each["table"] for each in results})
    figure = Figure(figsize=(4.2 * len(tables), 3.6), layout="constrained")
    panels = figure.subplots(1, len(tables), squeeze=False)[0]
    for panel, table in zip(panels, tables, strict=True):
        for strategy, colour in zip(STRATEGIES, ("#0072B2", "#E69F00"), strict=True):
            runs = [
                each
                for each in results
                if (each["table"], each["strategy"]) == (table, strategy)
            ]
            moments = np.linspace(0, runs[0]["seconds"], 200)
            curves = np.array([[best_at(r, m) for m in moments] for r in runs])
            begun = np.isfinite(curves).all(axis=0)
            shown = np.quantile(curves[:, begun], (0.25, 0.5, 0.75), axis=0)
            panel.plot(moments[begun], shown[1], color=colour, label=strategy)
            panel.fill_between(
                moments[begun], shown[0], shown[2], color=colour, alpha=0.2, lw=0
            )
        panel.set(title=table, xlabel="seconds", ylabel="best score so far")
    panels[0].legend()
    figure.savefig(path, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tables", nargs="+", default=TABLES)
    parser.add_argument("--seeds", nargs="+", type=int, default=range(5))
    parser.add_argument("--seconds", type=float, default=100)
    parser.add_argument("--rows", type=int, default=1500, help="at most, of a table")
    parser.add_argument("--out", type=Path, help="append runs, and skip those there")
    parser.add_argument("--report-only", action="store_true")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        table, strategy, seed = given.one
        print(json.dumps(run(table, strategy, int(seed), given.seconds, given.rows)))
        return
    results = []
    if given.out and given.out.exists():
        results = [json.loads(line) for line in given.out.read_text().splitlines()]
    done = {(each["table"], each["strategy"], each["seed"]) for each in results}
    for table in [] if given.report_only else given.tables:
        if table not in names():
            print(f"{table} is left out: there is no folder with it")
            continue
        for seed in given.seeds:
            for strategy in STRATEGIES:
                if (table, strategy, seed) in done:
                    continue
                settings = ["--seconds", str(given.seconds), "--rows", str(given.rows)]
                command = [sys.executable, __file__, *settings]
                output = subprocess.run(
                    [*command, "--one", table, strategy, str(seed)],
                    check=True,
                    stdout=subprocess.PIPE,
                    text=True,
                ).stdout
                results.append(json.loads(output.splitlines()[-1]))
                if given.out:
                    with given.out.open("a") as file:
                        print(json.dumps(results[-1]), file=file)
    report(results)
    if given.picture:
        draw(results, given.picture)


if __name__ == "__main__":
    main()
