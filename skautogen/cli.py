"""The command line. Thin: each command is a module of ``commands/``."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import Any

from . import __version__
from .commands._command import NAMES, Command, load_command
from .commands._console import say

_DESCRIPTION = "Neural networks that design and tune themselves."
_EPILOG = (
    "Exit codes: 0 all is well; 1 an error of skautogen's, or generate could not write "
    "all files; 2 wrong use, or a wrong file; 130 Ctrl-C, where nothing could be kept."
)

_INTERRUPTED = (
    "skautogen: interrupted. A search that has finished no candidate keeps nothing."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    argv : sequence of str, default=None
        The arguments; those of the process if not given.

    Returns
    -------
    exit_code : int
        0 if all is well; 1 after an error of ours, or if not all files could be
        written; 2 after wrong use, or a file that is
        not as it should be; 130 after Ctrl-C.
    """
    try:
        arguments = _make_parser().parse_args(argv)
    except KeyboardInterrupt:
        say(_INTERRUPTED)
        return 130
    command: Command = arguments.command
    with warnings.catch_warnings():
        # Those that are meant for users, and not what libraries tell each other.
        warnings.simplefilter("default", UserWarning)
        warnings.showwarning = _show_warning
        return _run(command, arguments)


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="skautogen", description=_DESCRIPTION, epilog=_EPILOG
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {__version__}"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in NAMES:
        command = load_command(name)
        described = f"{command.HELP[0].upper()}{command.HELP[1:]}."
        sub = commands.add_parser(name, help=command.HELP, description=described)
        command.add_arguments(sub)
        sub.set_defaults(command=command)
    return parser


def _run(command: Command, arguments: argparse.Namespace) -> int:
    """Run a command, and turn how it ends into an exit code."""
    try:
        code = command.run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        say(_INTERRUPTED)
        return 130
    except BrokenPipeError:
        # Who reads our output, such as head, has had enough; the flush at the end of
        # the process must not fail on it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if _is_of_the_user(error):
            say(f"skautogen: error: {error}")
            return 2
        traceback.print_exception(error)
        say("skautogen: this is an error of skautogen's. Please report it.")
        return 1


def _is_of_the_user(error: Exception) -> bool:
    """Whether this is what wrong use and wrong files end with."""
    if isinstance(error, (ValueError, OSError, ImportError)):
        return True
    # Loaded only where something was saved.
    persistence = sys.modules.get("skautogen.persistence")
    return persistence is not None and isinstance(error, persistence.NotSavableError)


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    say(f"skautogen: warning: {message}")
