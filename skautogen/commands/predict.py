"""``skautogen predict``: what a saved model answers to new rows."""

from __future__ import annotations

import argparse

from ._arguments import add_data, add_model, add_output
from ._console import say
from ._files import check_output, load_model, read_rows

HELP = "predict the rows of a file with a saved model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_model(parser)
    add_data(parser)
    add_output(
        parser,
        "FILE",
        "predictions to this .csv, .tsv, .parquet or .npz file (default: to stdout)",
        required=False,
    )
    parser.add_argument(
        "--proba",
        action="store_true",
        help="add the probability of each class, in columns named probability_CLASS",
    )


def run(arguments: argparse.Namespace) -> int:
    """Predict, and write what is predicted."""
    from ._predictions import check_ending, print_table, tabulate, write_table

    output = None
    if arguments.output is not None:
        output = check_output(
            arguments.output,
            arguments.model,
            arguments.data,
            overwrite=arguments.overwrite,
        )
        check_ending(output)
    model = load_model(arguments.model)
    if arguments.proba and not hasattr(model, "predict_proba"):
        raise ValueError(f"--proba: {arguments.model} predicts numbers, not classes.")
    X = read_rows(model, arguments.data)
    table = tabulate(model, X, proba=arguments.proba)
    if output is None:
        print_table(table)
    else:
        write_table(table, output)
        say(f"{len(table):,} predictions: {output}")
    return 0
