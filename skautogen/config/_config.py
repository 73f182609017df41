"""The configuration as a whole."""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, PrivateAttr

from ._section import Section
from .export import Export
from .model import Model
from .search import Search
from .task import Task
from .training import Training

if TYPE_CHECKING:
    from .. import AutoGenClassifier, AutoGenRegressor
    from ._data import Data
    from ._yaml import Document


class Config(Section):
    """What is predicted from which data, and how the network for it is found.

    Read one from a file by :func:`load_config`. All but ``task`` may be left out.

    Examples
    --------
    >>> from skautogen.config import parse_config
    >>> config = parse_config(
    ...     '''
    ... task:
    ...   name: TabularClassification
    ...   dataset: {name: iris}
    ... search: {n_iter: 3}
    ... '''
    ... )
    >>> config.make_estimator()
    AutoGenClassifier(input_kind='table', n_iter=3)
    >>> config.load_data().X_test.shape
    (30, 4)
    """

    task: Task
    """What is predicted, and from which data."""
    search: Search = Field(default_factory=Search)
    """How candidates are chosen, compared, and when to end."""
    model: Model = Field(default_factory=Model)
    """The structure of the network."""
    training: Training = Field(default_factory=Training)
    """How networks are trained."""
    export: Export = Field(default_factory=Export)
    """What is written."""

    # Where paths begin: the folder of the file.
    _folder: Path = PrivateAttr(default=Path())
    # What it was made of, for what is found to be wrong later.
    _document: Document | None = PrivateAttr(default=None)

    def __eq__(self, other: object) -> bool:
        # By what they say, and not by where it stands in a file.
        return isinstance(other, Config) and self.model_dump() == other.model_dump()

    def make_estimator(
        self, *, verbose: int = 0
    ) -> AutoGenClassifier | AutoGenRegressor:
        """Make the estimator that the configuration describes.

        Parameters
        ----------
        verbose : int, default=0
            1 shows a progress bar.

        Returns
        -------
        estimator : AutoGenClassifier or AutoGenRegressor
            Not fitted.
        """
        from ._estimator import make_estimator

        return make_estimator(self, verbose)

    def load_data(self) -> Data:
        """Load the data, those to train on and those to test on.

        Returns
        -------
        data : tuple of X_train, y_train, X_test, y_test

        Raises
        ------
        DownloadError
            If a set with a name is not on this machine, and cannot be fetched.
        ConfigError
            If the target is not what ``task.name`` predicts.
        ValueError, OSError
            If a file is not there, or not as it should be.
        """
        from ._data import load_data

        return load_data(self)

    def find(self, path: str) -> Path:
        """Find a path of the file: relative ones begin at the file's folder.

        Parameters
        ----------
        path : str

        Returns
        -------
        path : Path
        """
        return self._folder / path


def load_config(path: str | PathLike[str]) -> Config:
    """Read a configuration file. No code of it is run.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    config : Config

    Raises
    ------
    ConfigError
        With all that is wrong with it, each at its place; also data that are not there.
    OSError
        If it is not there, or cannot be read.
    """
    from ._validate import validate
    from ._yaml import read_yaml

    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(
            f"There is no configuration {str(path)!r} (looked for from "
            f"{os.getcwd()!r}). Make one for your data: skautogen init data.csv"
        )
    text = path.read_bytes().decode("utf-8", "replace")
    config = validate(read_yaml(text, str(path)), path.parent)
    config._folder = path.parent
    return config


def parse_config(text: str, file: str = "config") -> Config:
    """Read a configuration from a string.

    Parameters
    ----------
    text : str
        YAML.
    file : str, default="config"
        What problems call it.

    Returns
    -------
    config : Config

    Raises
    ------
    ConfigError
    """
    from ._validate import validate
    from ._yaml import read_yaml

    return validate(read_yaml(text, file))
