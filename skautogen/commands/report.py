"""``skautogen report``: the page of a saved model."""

from __future__ import annotations

import argparse

from ._arguments import add_data, add_model, add_output, add_target
from ._console import say
from ._files import check_output, load_model, read_judged

HELP = "write the page of a saved model: its search, its network, its quality"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_model(parser)
    add_data(parser, is_optional=True)
    add_target(parser, "default: as in fit")
    add_output(parser, "FILE", "the page to this .html file")


def run(arguments: argparse.Namespace) -> int:
    """Write the page, with the quality on the rows that are given."""
    output = check_output(
        arguments.output,
        arguments.model,
        arguments.data,
        overwrite=arguments.overwrite,
    )
    model = load_model(arguments.model)
    X = y = None
    if arguments.data is not None:
        X, y = read_judged(model, arguments.data, arguments.target)
    say(f"Page: {model.report(output, X, y)}")
    return 0
