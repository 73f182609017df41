"""Which file writes the preparation of which kind of input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._refusal import CannotGenerateError
from ._source import PreparationSource
from .table import table_source

_KINDS: dict[str, Callable[..., PreparationSource]] = {"table": table_source}


def preparation_source(
    kind: str, prepare: Any, select: Any, *, is_classifier: bool
) -> PreparationSource:
    """Write the first two steps of a pipeline.

    Parameters
    ----------
    kind : str
        Of input, such as ``"table"``.
    prepare, select : transformer
        Fitted.
    is_classifier : bool

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
    return _KINDS[kind](prepare, select, is_classifier=is_classifier)
