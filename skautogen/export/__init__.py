"""What a fitted estimator becomes outside of this package."""

from .source import CannotGenerateError, write_source

__all__ = ["CannotGenerateError", "write_source"]
