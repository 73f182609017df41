"""Errors of ours and of its peers on tables, each system with the same time.

    python benchmarks/quality.py --peers-python PEERS/bin/python --out results.jsonl
    python benchmarks/quality.py --tables credit_g concrete --systems skautogen hgb
    python benchmarks/quality.py --out results.jsonl --report-only

Each run (a table, a system and a seed) has a process of its own, two threads and no
GPU. The seed divides the table and is given to the system. What a run found is one
line of JSON in the results file. A run that is in it already is left out, so that an
interrupted benchmark goes on; one that failed is tried again.

Not every system keeps a time limit: README.md says which, and the report how often it
was passed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import _tables
from _problem import N_THREADS
from _quality_report import print_report
from _systems import SYSTEMS, is_ours

HERE = Path(__file__).resolve().parent
# A process that takes longer, whatever its limit, is ended and has failed.
MAX_SECONDS = 30 * 60


@dataclass(frozen=True)
class Run:
    """What a line of the results file is about."""

    table: str
    system: str
    seed: int
    seconds: float


def carry_out(run: Run, python: str) -> dict[str, Any]:
    """Run in a new process; say what it measured, or its ``failure``."""
    with tempfile.TemporaryDirectory() as folder:
        result, log = Path(folder, "result.json"), Path(folder, "log.txt")
        arguments = [run.table, run.system, run.seed, run.seconds, result]
        with log.open("w") as output:
            process = subprocess.Popen(
                [python, HERE / "_one_run.py", *map(str, arguments)],
                cwd=folder,
                env=_environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                # A group of its own, to end the processes that it starts as well.
                start_new_session=True,
            )
            try:
                process.wait(MAX_SECONDS)
            except subprocess.TimeoutExpired:
                return {"failure": f"ended after {MAX_SECONDS} s"}
            finally:
                _end_group(process)
        if result.exists():
            return json.loads(result.read_text())
        lines = log.read_text(errors="replace").strip().splitlines()
        print(*lines[-20:], sep="\n", file=sys.stderr)
        last = lines[-1] if lines else "no output"
        return {"failure": f"exit status {process.returncode}: {last}"}


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # all have ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment() -> dict[str, str]:
    """Two threads, no GPU, and the library of this checkout."""
    paths = [str(HERE.parent), os.environ.get("PYTHONPATH", "")]
    threads = dict.fromkeys(
        [
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "TF_NUM_INTRAOP_THREADS",
            "TF_NUM_INTEROP_THREADS",
            "LOKY_MAX_CPU_COUNT",
        ],
        str(N_THREADS),
    )
    return {
        **os.environ,
        **threads,
        "CUDA_VISIBLE_DEVICES": "",
        # Threads that spin while they wait make boosted trees and PyTorch many times
        # slower as soon as anything else runs.
        "OMP_WAIT_POLICY": "PASSIVE",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }


def read_lines(out: Path) -> list[dict[str, Any]]:
    """Read the results; of a run that was tried again, the last counts."""
    if not out.exists():
        return []
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    return list({run_of(line): line for line in lines}.values())


def run_of(line: dict[str, Any]) -> Run:
    """Say which run a line is about."""
    return Run(line["table"], line["system"], line["seed"], line["seconds"])


def carry_out_all(runs: list[Run], out: Path, peers_python: str) -> None:
    """Carry out what has no result yet, and append each."""
    done = {run_of(line) for line in read_lines(out) if "failure" not in line}
    missing: set[str] = set()
    for number, run in enumerate(runs, start=1):
        if run in done or run.system in missing:
            continue
        what = f"{number}/{len(runs)} {run.system} on {run.table}, seed {run.seed}"
        python = sys.executable if is_ours(run.system) else peers_python
        found = carry_out(run, python)
        if "missing" in found:
            missing.add(run.system)
            command = SYSTEMS[run.system].command
            print(f"{run.system} skipped: {command} ({found['missing']} is missing)")
            continue
        with out.open("a") as file:
            file.write(json.dumps({**asdict(run), **found}) + "\n")
        how = found.get("failure") or "error {error:.4f}, fit {fit_seconds} s".format(
            **found
        )
        print(f"{what}: {how}", file=sys.stderr)


def all_runs(arguments: argparse.Namespace) -> Iterator[Run]:
    """Order the runs so that the tables are complete one by one."""
    for seed in arguments.seeds:
        for table in arguments.tables:
            for system in arguments.systems:
                yield Run(table, system, seed, arguments.seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--tables",
        nargs="+",
        default=_tables.names(),
        metavar="TABLE",
        help=f"of {', '.join(_tables.names())} (default: all of these), or openml:NAME",
    )
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--seconds", type=float, default=60, help="of each fit")
    parser.add_argument(
        "--peers-python",
        default=sys.executable,
        help="interpreter that has the peers (default: the running one)",
    )
    parser.add_argument("--out", type=Path, default=Path("results.jsonl"))
    parser.add_argument("--report-only", action="store_true", help="run nothing")
    arguments = parser.parse_args()
    # What ends this process has to end the one that it waits for, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    runs = list(all_runs(arguments))
    if not arguments.report_only:
        if _tables.folder_is_missing():
            print(
                f"no folder {_tables.FOLDER}: only tables of scikit-learn and OpenML",
                file=sys.stderr,
            )
        try:
            for table in arguments.tables:
                _tables.check(table)
        except ValueError as error:
            parser.error(str(error))
        python = shutil.which(arguments.peers_python)
        if python is None:
            parser.error(
                f"--peers-python got {arguments.peers_python!r}, which is no program; "
                "name the interpreter of an environment, such as PEERS/bin/python"
            )
        # The processes run in folders of their own.
        carry_out_all(runs, arguments.out, os.path.abspath(python))
    lines = [line for line in read_lines(arguments.out) if run_of(line) in set(runs)]
    if not lines:
        parser.error(f"{arguments.out} has no result of these runs")
    print_report(lines)


if __name__ == "__main__":
    main()
