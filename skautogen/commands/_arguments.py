"""Arguments that several commands have."""

from __future__ import annotations

import argparse

_DATA = "a .csv, .tsv, .parquet or .npz file, or a folder of images or wav files"


def add_model(parser: argparse.ArgumentParser) -> None:
    """Declare the file of a model."""
    parser.add_argument("model", metavar="MODEL", help="a file that fit has written")


def add_data(
    parser: argparse.ArgumentParser, name: str = "data", *, is_optional: bool = False
) -> None:
    """Declare a file or folder of rows."""
    shown = name.upper()
    if is_optional:
        parser.add_argument(name, metavar=shown, nargs="?", help=_DATA)
    else:
        parser.add_argument(name, metavar=shown, help=_DATA)


def add_target(parser: argparse.ArgumentParser, default: str) -> None:
    """Declare the column of the target."""
    parser.add_argument(
        "--target", metavar="COLUMN", help=f"the column to predict ({default})"
    )


def add_output(
    parser: argparse.ArgumentParser, shown: str, help: str, *, required: bool = True
) -> None:
    """Declare the file to write, and whether one that is there may be replaced."""
    parser.add_argument(
        "-o", "--output", metavar=shown, required=required, help=f"write {help}"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help=f"replace {shown} if it is there"
    )
