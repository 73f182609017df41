"""Operations that LiteRT does not have of itself."""

from __future__ import annotations

import re
from pathlib import Path


def find_flex_operations(path: Path) -> list[str]:
    """Find the operations of a LiteRT file that are left to TensorFlow.

    Keras' export lets them in, and LiteRT refuses to run them, unless it has been built
    with TensorFlow's kernels: its Flex delegate.

    Parameters
    ----------
    path : pathlib.Path
        Of a ``.tflite`` file, which holds the names of its operations as text.

    Returns
    -------
    names : list of str
        Sorted, as TensorFlow calls them.
    """
    found = re.findall(rb"\bFlex([A-Z][A-Za-z0-9]{3,})\0", path.read_bytes())
    return sorted({name.decode() for name in found})
