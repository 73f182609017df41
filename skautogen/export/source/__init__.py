"""A fitted estimator as Python source that needs nothing of this package."""

from ._refusal import CannotGenerateError
from ._write import write_source

__all__ = ["CannotGenerateError", "write_source"]
