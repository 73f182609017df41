"""Whose line a warning is about."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = str(Path(__file__).parent) + os.sep


def outside_level() -> int:
    """Find the ``stacklevel`` of a warning that is to show the user's line.

    Returns
    -------
    level : int
        For ``warnings.warn`` in the function that asks: how far its caller is that is
        not of this package.
    """
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        level, frame = level + 1, frame.f_back
    return level
