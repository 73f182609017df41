"""What differs between versions of scikit-learn, or is private there, in one place.

The bridge to SciKeras 0.13 stands apart, in ``training/_scikeras.py``, because
importing it loads TensorFlow.
"""

from __future__ import annotations

from typing import Any

# Private in scikit-learn, and the best way there is to say what a parameter accepts.
from sklearn.utils._param_validation import (
    HasMethods,
    Interval,
    StrOptions,
    validate_parameter_constraints,
)

__all__ = [
    "HasMethods",
    "Interval",
    "StrOptions",
    "accepts_weights",
    "validate_parameter_constraints",
]


def accepts_weights(scorer: Any) -> bool:
    """Whether a search gives this scorer the weights of rows."""
    ask = getattr(scorer, "_accept_sample_weight", None)
    return bool(ask and ask())
