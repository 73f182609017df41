"""What quality.py prints: errors, ranks, ratios and seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from _systems import is_ours

# Errors below are taken for this in ratios: one test row more or less must not make
# the geometric mean.
FLOOR = 1e-4
# Who passes the limit by less has kept it.
TOLERANCE = 1.1


def print_report(lines: Sequence[Mapping[str, Any]]) -> None:
    """Print everything, from the lines of the results file."""
    runs = pd.DataFrame(lines)
    failed = runs[runs["failure"].notna()] if "failure" in runs else runs[:0]
    done = runs.drop(failed.index)
    if len(done):
        seconds = done["seconds"].iloc[0]
        n_seeds = done["seed"].nunique()
        print(f"\n{len(done)} runs, {n_seeds} seeds, limit of {seconds:g} s")
        _print_errors(
            done,
            failed,
            "error",
            "Error: 1 - ROC AUC (binary), 1 - "
            "accuracy (multiclass), RMSE / std of the target (regression)",
        )
        if "log_loss" in done:
            _print_errors(done, failed, "log_loss", "Log loss of the classifiers")
        _print_seconds(done, seconds)
    for run in failed.itertuples():
        print(f"failed: {run.system} on {run.table}, seed {run.seed}: {run.failure}")


def _print_errors(
    done: pd.DataFrame, failed: pd.DataFrame, column: str, title: str
) -> None:
    done = done[done[column].notna()]
    errors = done.pivot(index=["table", "seed"], columns="system", values=column)
    errors = errors[list(dict.fromkeys(done["system"]))]
    means = errors.groupby("table", sort=False).mean()
    cells = means.map(lambda value: "-" if np.isnan(value) else f"{value:.4f}")
    for table, best in means.idxmin(axis=1).items():
        cells.loc[table, best] += "*"
    cells.loc["mean rank"] = _mean_ranks(means, failed)
    _print_frame(f"{title}; means over seeds, * is the best", cells)
    _print_ratios(errors)


def _mean_ranks(means: pd.DataFrame, failed: pd.DataFrame) -> pd.Series:
    """Average over the tables that all systems ran on; who failed comes last."""
    means = means.copy()
    for run in failed.itertuples():
        known = run.table in means.index and run.system in means.columns
        if known and np.isnan(means.loc[run.table, run.system]):
            means.loc[run.table, run.system] = np.inf
    ranks = means.dropna().rank(axis=1).mean()
    return ranks.map(lambda rank: "-" if np.isnan(rank) else f"{rank:.2f}")


def _print_ratios(errors: pd.DataFrame) -> None:
    """Compare ours with each other system on the tables and seeds that both have."""
    ours = [name for name in errors if is_ours(name)]
    peers = [name for name in errors if not is_ours(name)]
    if not ours or not peers:
        return
    cells = pd.DataFrame(index=ours, columns=peers, dtype=object)
    for our in ours:
        for peer in peers:
            both = errors[[our, peer]].dropna().groupby("table").mean().clip(FLOOR)
            ratios = both[our] / both[peer]
            cells.loc[our, peer] = (
                f"{np.exp(np.log(ratios).mean()):.3f} "
                f"({(ratios < 1).sum()}/{len(ratios)})"
                if len(ratios)
                else "-"
            )
    _print_frame(
        "Our error over theirs, geometric mean (on how many tables ours is smaller); "
        f"errors below {FLOOR} count as that",
        cells,
    )


def _print_seconds(done: pd.DataFrame, limit: float) -> None:
    by_system = done.groupby("system", sort=False)
    fit = by_system["fit_seconds"]
    most = TOLERANCE * limit
    frame = pd.DataFrame(
        {
            "fit, median": fit.median().map("{:.1f}".format),
            "fit, longest": fit.max().map("{:.1f}".format),
            f"over {most:g} s": fit.apply(lambda s: f"{(s > most).sum()}/{len(s)}"),
            "predict, median": by_system["predict_seconds"]
            .median()
            .map("{:.3f}".format),
            "version": by_system["version"].last(),
        }
    )
    _print_frame("Seconds, of all test rows at once for predict", frame.fillna("-"))


def _print_frame(title: str, frame: pd.DataFrame) -> None:
    frame = frame.rename_axis(index=None, columns=None)
    print(f"\n{title}\n{frame.to_string()}")
