"""What a network predicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """Classes, or numbers.

    Attributes
    ----------
    classes : list or None
        Of a classification; ``None`` where numbers are predicted.
    n_outputs : int, default=1
        How many numbers.
    """

    classes: list[Any] | None = None
    n_outputs: int = 1

    @property
    def is_classifier(self) -> bool:
        return self.classes is not None

    @property
    def kind(self) -> str:
        """As files of :mod:`.parts` are called that predict and evaluate."""
        if self.classes is not None:
            return "two_classes" if len(self.classes) == 2 else "classes"
        return "number" if self.n_outputs == 1 else "numbers"

    def __str__(self) -> str:
        if self.classes is not None:
            return f"{len(self.classes)} classes"
        return "a number" if self.n_outputs == 1 else f"{self.n_outputs} numbers"
