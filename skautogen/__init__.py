"""Neural networks that design and tune themselves, as scikit-learn estimators."""

from __future__ import annotations

from .classifier import AutoGenClassifier
from .persistence import load
from .regressor import AutoGenRegressor

__version__ = "0.1.0"

__all__ = ["AutoGenClassifier", "AutoGenRegressor", "__version__", "load"]
