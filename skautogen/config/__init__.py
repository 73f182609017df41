"""Configuration files: YAML, checked as a whole, and made into an estimator."""

from ._config import Config, load_config, parse_config
from ._data import Data
from ._problems import ConfigError, Problem
from ._schema import SCHEMA
from .datasets import DownloadError

__all__ = [
    "SCHEMA",
    "Config",
    "ConfigError",
    "Data",
    "DownloadError",
    "Problem",
    "load_config",
    "parse_config",
]
