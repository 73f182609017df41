"""The error of what cannot be written as source."""

from __future__ import annotations


class CannotGenerateError(ValueError):
    """Something of the estimator cannot be written as source without changing it."""
