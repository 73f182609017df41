"""``skautogen evaluate``: how good a saved model is on rows with their truth."""

from __future__ import annotations

import argparse
import json
import math

from ._arguments import add_data, add_model, add_target
from ._files import load_model, read_judged

HELP = "compute the usual metrics of a saved model on a file of data"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_model(parser)
    add_data(parser)
    add_target(parser, "default: as in fit")
    parser.add_argument(
        "--json", action="store_true", help="print JSON instead of a table"
    )


def run(arguments: argparse.Namespace) -> int:
    """Compute the metrics, and print them."""
    model = load_model(arguments.model)
    X, y = read_judged(model, arguments.data, arguments.target)
    metrics = model.evaluate(X, y)
    if arguments.json:
        # JSON knows no NaN, which a metric of a single class may be.
        known = {
            name: None if math.isnan(value) else float(value)
            for name, value in metrics.items()
        }
        print(json.dumps(known, indent=2))
        return 0
    width = max(map(len, metrics))
    for name, value in metrics.items():
        print(f"{name:<{width}}  {value:.4f}")
    return 0
