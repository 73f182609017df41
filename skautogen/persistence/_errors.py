"""What goes wrong when estimators are saved and loaded."""

from __future__ import annotations


class NotSavableError(TypeError):
    """An estimator holds something that a file without code cannot hold."""


class InvalidFileError(ValueError):
    """A file is damaged, of another program, or of a newer format."""
