"""The networks of an ensemble as one file: all that answer, and their weights."""

from ._members import Member, read_members
from ._preparations import read_preparations
from ._write import ensemble_source

__all__ = ["Member", "ensemble_source", "read_members", "read_preparations"]
