"""Neural networks that design and tune themselves, as scikit-learn estimators."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .autogen import AutoGen
    from .classifier import AutoGenClassifier
    from .persistence import load
    from .regressor import AutoGenRegressor

__version__ = "0.1.0"

# Where each public name is. They are imported when they are asked for: the command line
# is to answer --help before scikit-learn and pandas are loaded.
_HOMES = {
    "AutoGen": "autogen",
    "AutoGenClassifier": "classifier",
    "AutoGenRegressor": "regressor",
    "load": "persistence",
}

__all__ = ["AutoGen", "AutoGenClassifier", "AutoGenRegressor", "__version__", "load"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
