"""``skautogen demo``: the main job on real data that come with scikit-learn."""

from __future__ import annotations

import argparse

HELP = "search on a data set that ships with scikit-learn, and show the result"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--n-iter", type=int, default=20, help="candidates (default: %(default)s)"
    )
    parser.add_argument(
        "--time-limit",
        type=float,
        default=40.0,
        metavar="SECONDS",
        help="for the search (default: %(default)s)",
    )
    parser.add_argument(
        "--picture",
        default="skautogen_demo.png",
        metavar="FILE",
        help="for the picture of the search (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Search, and print what came."""
    from ..demo import run_demo

    run_demo(arguments.n_iter, arguments.time_limit, arguments.picture)
    return 0
