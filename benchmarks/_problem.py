"""What the systems of quality.py are told, and what they answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

N_THREADS = 2


@dataclass(frozen=True)
class Problem:
    """What is to be learned, and under which terms.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
    seconds : float
        For the whole of ``fit``.
    seed : int
    """

    task: str
    seconds: float
    seed: int

    @property
    def is_classification(self) -> bool:
        """Whether classes are to be predicted."""
        return self.task != "regression"

    @property
    def scoring(self) -> str:
        """The scorer of scikit-learn that goes with the error that is reported."""
        return {
            "binary": "roc_auc",
            "multiclass": "accuracy",
            "regression": "neg_root_mean_squared_error",
        }[self.task]


@dataclass(frozen=True)
class Model:
    """An estimator, and what its ``fit`` is told beside X and y."""

    estimator: Any
    fit_params: Mapping[str, Any] = field(default_factory=dict)


def categorical_columns(X: pd.DataFrame) -> list[str]:
    """Name the columns that hold no numbers."""
    return [name for name in X if not _is_number(X[name])]


def numeric_columns(X: pd.DataFrame) -> list[str]:
    """Name the columns that hold numbers."""
    return [name for name in X if _is_number(X[name])]


def _is_number(column: pd.Series) -> bool:
    return is_numeric_dtype(column) and not is_bool_dtype(column)
