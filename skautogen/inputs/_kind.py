"""What a kind of input is to the rest of the package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np


class Preparer(Protocol):
    """The first step of a pipeline: a transformer of scikit-learn's, and one method.

    One that can make several representations of X has a parameter ``representation``,
    which is set to the one that the architecture takes.
    """

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self: ...

    def transform(self, X: Any) -> np.ndarray: ...

    def meta(self, support: np.ndarray | None = None) -> Mapping[str, Any]:
        """What builders of networks find in their ``meta``, beside the shape.

        Parameters
        ----------
        support : ndarray of bool of shape (n_prepared,), default=None
            The prepared columns that a feature selection has left; None if there are
            no columns, or they were made into others.

        Returns
        -------
        meta : mapping
            Hashable values; names end with an underscore.
        """
        ...


@dataclass(frozen=True)
class InputKind:
    """A kind of input: how it is recognised, checked and prepared.

    Parameters
    ----------
    name : str
        What users give as ``input_kind``.
    recognises : callable
        ``recognises(X) -> bool``: whether X looks like this kind. It may look like
        others too: the first that recognises it has it.
    check : callable
        ``check(estimator, X, reset=...) -> X``: refuses what is wrong, reads files, and
        gives X in a form whose rows can be taken by their numbers. With ``reset`` the
        estimator learns what X is, otherwise X is compared with that. What has been
        checked may be checked again.
    make_preparer : callable
        ``make_preparer(estimator) -> preparer``, unfitted, for an estimator that has
        checked its X.
    learns : tuple of str, default=()
        The attributes that ``check`` sets: a fit to another kind drops them.
    has_columns : bool, default=False
        Whether X has columns, which can be selected and ranked.
    """

    name: str
    recognises: Callable[[Any], bool]
    check: Callable[..., Any]
    make_preparer: Callable[[Any], Any]
    learns: tuple[str, ...] = ()
    has_columns: bool = False
