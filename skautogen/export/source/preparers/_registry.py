"""Which file writes the preparation of which kind of input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .._refusal import CannotGenerateError
from .._task import Task
from ._source import PreparationSource
from .audio import audio_source
from .image import image_source
from .sequence import sequence_source
from .table import table_source
from .text import text_source

_KINDS: dict[str, Callable[..., PreparationSource]] = {
    "audio": audio_source,
    "image": image_source,
    "sequence": sequence_source,
    "table": table_source,
    "text": text_source,
}


def preparation_source(
    kind: str, prepare: Any, select: Any, task: Task, also: Sequence[Any] = ()
) -> PreparationSource:
    """Write the first two steps of a pipeline.

    Parameters
    ----------
    kind : str
        Of input, such as ``"table"``.
    prepare, select : transformer
        Fitted.
    task : Task
    also : sequence of transformer, default=()
        Others that the same source is to stand for: of other rows of the same data.

    Returns
    -------
    source : PreparationSource

    Raises
    ------
    CannotGenerateError
        If the kind cannot be generated, or something of this preparation cannot.
    """
    if kind not in _KINDS:
        raise CannotGenerateError(
            f"Source can be generated for inputs of kind {', '.join(sorted(_KINDS))}, "
            f"and not yet for {kind!r}. best_estimator_ can be pickled, and model_.save"
            '("model.keras") saves its network.'
        )
    return _KINDS[kind](prepare, select, task, also)
