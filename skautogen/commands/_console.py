"""What commands say on the way to their results."""

from __future__ import annotations

import sys


def say(message: str) -> None:
    """Print a message on stderr, at once.

    Parameters
    ----------
    message : str
    """
    print(message, file=sys.stderr, flush=True)
