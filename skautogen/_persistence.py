"""How estimators are kept in files."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Persistence:
    """Mixin of the estimators: a file beside pickle."""

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the estimator into one file, which runs no code when it is loaded.

        Choose it over pickle for a file that goes to others, or comes from them. The
        estimator that :func:`skautogen.load` gives back predicts the same to the last
        bit, knows its search, and can be fitted again.

        Parameters
        ----------
        path : str or path
            Any name; what is there is replaced, once the new file is whole.

        Returns
        -------
        path : pathlib.Path
            The file written: a zip of JSON and NumPy arrays.

        Raises
        ------
        NotSavableError
            If the estimator holds code of yours, such as a builder, a scorer, a
            splitter, a strategy or callbacks, or a fitted transformer that is compiled,
            such as trees. The message says which, and what to do.

        See Also
        --------
        skautogen.load : Reads the file.

        Examples
        --------
        >>> from skautogen import AutoGenClassifier
        >>> AutoGenClassifier(n_iter=3).save("model.skautogen")  # doctest: +SKIP
        """
        from .persistence import save

        return save(self, path)
