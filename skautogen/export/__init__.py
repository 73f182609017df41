"""What a fitted estimator becomes outside of this package."""

from .source import CannotGenerateError, name_data, write_source

__all__ = ["CannotGenerateError", "name_data", "write_source"]
