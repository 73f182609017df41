"""Attributes that only a fit to a table has."""

from __future__ import annotations

from typing import Any

from sklearn.utils.validation import check_is_fitted


class OfColumns:
    """An attribute that only a fit to a table sets; without it, says why.

    What an instance sets stands before a descriptor that has no ``__set__``.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        check_is_fitted(instance)
        raise AttributeError(
            f"{type(instance).__name__} has no {self._name}: it tells of the columns of"
            f" a table, and X was taken for input_kind={instance.input_kind_!r}."
        )
