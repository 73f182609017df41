"""The kinds of input there are, and which of them X is. A new one is a line here."""

from __future__ import annotations

from typing import Any

from .._spelling import unknown_name
from ._files_not_read import refuse_files_not_read
from ._kind import InputKind
from .audio import AUDIO
from .image import IMAGE
from .sequence import SEQUENCE
from .table import TABLE
from .text import TEXT

# In the order in which they are asked whether they recognise X.
INPUT_KINDS: dict[str, InputKind] = {
    each.name: each
    for each in (
        AUDIO,
        IMAGE,
        TEXT,
        SEQUENCE,
        TABLE,
    )
}


def detect_kind(X: Any, input_kind: str = "auto") -> InputKind:
    """Say which kind of input X is.

    Parameters
    ----------
    X : object
        The input. It is looked at briefly; whether all of it is as it should be is for
        the ``check`` of the kind to say.
    input_kind : str, default="auto"
        A key of ``INPUT_KINDS``, or ``"auto"`` to go by X.

    Returns
    -------
    kind : InputKind

    Raises
    ------
    ValueError
        If there is no kind of that name, or X is a column of names of files that no
        kind reads.
    TypeError
        If X is a single string or path.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs import detect_kind
    >>> detect_kind(np.zeros((5, 3))).name
    'table'
    """
    if input_kind != "auto":
        if input_kind not in INPUT_KINDS:
            known = ["auto", *INPUT_KINDS]
            raise ValueError(unknown_name("input_kind", input_kind, known))
        return INPUT_KINDS[input_kind]
    # What nobody recognises is refused as a table, in scikit-learn's words.
    recognising = (kind for kind in INPUT_KINDS.values() if kind.recognises(X))
    kind = next(recognising, TABLE)
    if kind in (TEXT, TABLE):
        refuse_files_not_read(X)
    return kind
