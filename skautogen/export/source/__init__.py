"""A fitted estimator as Python source that needs nothing of this package."""

from ._name_data import name_data
from ._refusal import CannotGenerateError
from ._write import write_source

__all__ = ["CannotGenerateError", "name_data", "write_source"]
