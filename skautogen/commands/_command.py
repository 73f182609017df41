"""What a command is, and which there are."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Protocol, cast

# In the order of the help. A new command is a module of this folder and its name here.
NAMES = (
    *("init", "generate"),
    *("fit", "predict", "evaluate", "report", "export", "compress", "demo"),
)


class Command(Protocol):
    """A module of this folder, called as its command is.

    Importing it must take no time: whatever is heavy, be it NumPy, is imported in
    ``run``, so that ``--help`` is instant.

    Attributes
    ----------
    HELP : str
        What it does, in one line, for the list of commands.
    """

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work.

        Results are printed on stdout, messages on stderr (:func:`~._console.say`).

        Returns
        -------
        exit_code : int
            0 if all is well; 1 if it ran, and not all of its files could be written.

        Raises
        ------
        ValueError, OSError, ImportError, NotSavableError
            If the use or the data are wrong: the message is shown without a traceback,
            and the process ends with 2. Any other error is one of ours: it is shown in
            full, and the process ends with 1.
        """


def load_command(name: str) -> Command:
    """Import the module of a command.

    Parameters
    ----------
    name : str
        One of ``NAMES``.

    Returns
    -------
    command : Command
    """
    return cast(Command, import_module(f"{__package__}.{name}"))
