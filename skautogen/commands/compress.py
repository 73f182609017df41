"""``skautogen compress``: a smaller model that is almost as good."""

from __future__ import annotations

import argparse

from ._arguments import add_model, add_output
from ._files import check_output, load_model

HELP = "make a saved model smaller and faster, at almost the same score"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_model(parser)
    add_output(parser, "MODEL", "the smaller model to this file")
    parser.add_argument(
        "--method",
        default="auto",
        metavar="METHOD",
        help="how (default: %(default)s)",
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=0.01,
        metavar="SCORE",
        help="what the score may lose (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Compress, save, and print what was lost and gained."""
    output = check_output(
        arguments.output, arguments.model, overwrite=arguments.overwrite
    )
    model = load_model(arguments.model)
    result = model.compress(method=arguments.method, tolerance=arguments.tolerance)
    result.estimator.save(output)
    print(result)
    return 0
