"""``skautogen compress``: a smaller model that is almost as good."""

from __future__ import annotations

import argparse

from ._arguments import add_data, add_model, add_output, add_target
from ._files import check_output, load_model, read_judged

HELP = "make a saved model smaller and faster, at almost the same score"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_model(parser)
    # A model keeps no rows, and nothing else tells what it loses.
    add_data(parser)
    add_output(parser, "MODEL", "the smaller model to this file")
    add_target(parser, "default: as in fit")
    parser.add_argument(
        "--method",
        default="auto",
        metavar="METHOD",
        help="distillation, pruning, int8, int4, float16, or several joined by + "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--tolerance",
        type=float,
        default=0.01,
        metavar="SHARE",
        help="of the score, what may be lost (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Compress, save, and print what was lost and gained."""
    output = check_output(
        arguments.output,
        arguments.model,
        arguments.data,
        overwrite=arguments.overwrite,
    )
    model = load_model(arguments.model)
    # It learns from these rows: those to test on are for what comes after it.
    X, y = read_judged(model, arguments.data, arguments.target, part="train")
    result = model.compress(
        X, y, method=arguments.method, tolerance=arguments.tolerance
    )
    result.estimator.save(output)
    print(result)
    return 0
