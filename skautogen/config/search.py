"""The section ``search``: how candidates are chosen, compared, and when to end."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag
from sklearn.metrics import get_scorer_names

from .._spelling import unknown_name
from ..search import STRATEGIES
from ._section import OneOf, Section


def _check_metric(name: str) -> str:
    known = get_scorer_names()
    if name not in known:
        raise ValueError(unknown_name("scoring", name, known))
    return name


# Which there are is scikit-learn's to say, and not part of the schema.
_Metric = Annotated[str, AfterValidator(_check_metric)]


def _number(value: Any) -> str:
    return "several" if isinstance(value, list) else "one"


class Search(Section):
    """How candidates are chosen, compared, and when to end."""

    strategy: Annotated[str, OneOf("strategy", tuple(STRATEGIES))] = "random"
    """How candidates are chosen. evolution finds structures, tpe is Optuna's."""
    n_iter: Annotated[int, Field(ge=1)] | None = None
    """Number of candidates. Without it, as many as suit the data and the time limit."""
    time_limit: Annotated[float, Field(gt=0)] | None = None
    """About how many seconds the search may take."""
    cv: Annotated[int, Field(ge=2)] | None = None
    """Number of folds. Without it five, and fewer where networks take long."""
    scoring: (
        Annotated[
            Annotated[_Metric, Tag("one")]
            | Annotated[list[_Metric], Field(min_length=1), Tag("several")],
            Discriminator(_number),
        ]
        | None
    ) = Field(default=None, examples=["balanced_accuracy", "roc_auc", "neg_log_loss"])
    """A metric of scikit-learn's, or a list, of which the first chooses. Without it
    accuracy, or R2."""
