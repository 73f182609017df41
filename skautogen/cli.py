"""The command line. Thin: each command is a function, and imports what it needs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    argv : sequence of str, default=None
        The arguments; those of the process if not given.

    Returns
    -------
    exit_code : int
    """
    arguments = _make_parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.command
    return command(arguments)


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="skautogen",
        description="Neural networks that design and tune themselves.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo = commands.add_parser(
        "demo",
        help="search on a data set that ships with scikit-learn, and show the result",
    )
    demo.add_argument(
        "--n-iter", type=int, default=20, help="candidates (default: %(default)s)"
    )
    demo.add_argument(
        "--time-limit",
        type=float,
        default=40.0,
        help="seconds for the search (default: %(default)s)",
    )
    demo.add_argument(
        "--picture",
        default="skautogen_demo.png",
        help="file for the picture of the search (default: %(default)s)",
    )
    demo.set_defaults(command=_demo)
    return parser


def _demo(arguments: argparse.Namespace) -> int:
    from .demo import run_demo

    run_demo(arguments.n_iter, arguments.time_limit, arguments.picture)
    return 0
