"""``skautogen export``: the network of a saved model for other programs."""

from __future__ import annotations

import argparse

from ._arguments import add_model, add_output
from ._console import say
from ._files import check_output, load_model, sidecar_of

HELP = "write the network of a saved model for Keras, TensorFlow, ONNX or LiteRT"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_model(parser)
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help="keras (FILE.keras), onnx (FILE.onnx), litert (FILE.tflite) or "
        "saved_model (a folder) (default: by the ending of FILE)",
    )
    add_output(parser, "FILE", "the network to this file, and what to feed beside it")


def run(arguments: argparse.Namespace) -> int:
    """Write the network, and the file that says what to feed."""
    output = check_output(
        arguments.output, arguments.model, overwrite=arguments.overwrite
    )
    beside = str(sidecar_of(output))
    check_output(beside, arguments.model, overwrite=arguments.overwrite)
    model = load_model(arguments.model)
    path, sidecar = model.export(output, arguments.format)
    say(f"Network: {path}\nWhat to feed, and what it answers: {sidecar}")
    return 0
