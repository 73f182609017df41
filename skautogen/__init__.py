"""Neural networks that design and tune themselves, as scikit-learn estimators."""

from __future__ import annotations

from .classifier import AutoGenClassifier
from .regressor import AutoGenRegressor

__version__ = "0.1.0"

__all__ = ["AutoGenClassifier", "AutoGenRegressor", "__version__"]
