"""The trainings of a search that failed, and what the user is told of them."""

from __future__ import annotations

import traceback
import warnings
from collections import Counter
from typing import Any

from sklearn.exceptions import FitFailedWarning

from ..training import Outcome, Training

# Levels from a warning here up to the user's line that called ``fit``.
AT_THE_CALL_OF_FIT = 4


class Failures:
    """Counts the trainings of a search, and keeps why some of them failed."""

    def __init__(self) -> None:
        self._n_trainings = 0
        self._failed: list[tuple[Training, Exception]] = []

    def count(self, training: Training, outcome: Outcome) -> None:
        """Take note of a training that was carried out."""
        self._n_trainings += 1
        if outcome.error is not None:
            self._failed.append((training, outcome.error))

    def warn(self, error_score: Any) -> None:
        """One warning for all trainings that failed, grouped by their reason."""
        if not self._failed:
            return
        candidates = sorted({training.candidate for training, _ in self._failed})
        warnings.warn(
            f"{len(self._failed)} of {self._n_trainings} trainings failed, and were "
            f"given the score {error_score} (rows {candidates} of cv_results_):\n"
            f"{self._reasons()}",
            FitFailedWarning,
            stacklevel=AT_THE_CALL_OF_FIT,
        )

    def raise_if_all_failed(self) -> None:
        """One clear error when not a single training succeeded.

        Raises
        ------
        ValueError
            With the reasons, and from the last failure.
        """
        if not self._failed or len(self._failed) < self._n_trainings:
            return
        _, last = self._failed[-1]
        raise ValueError(
            f"All {len(self._failed)} trainings of the search failed:\n"
            f"{self._reasons()}\n"
            "The last is the cause shown above. To look closer, fit again with "
            'engine="sequential" and a param_space of a single candidate.'
        ) from last

    def _reasons(self) -> str:
        """Why trainings failed, each reason with its count, the commonest first."""
        reasons = Counter(_describe(error) for _, error in self._failed)
        return "\n".join(f"  {n} x {reason}" for reason, n in reasons.most_common())


def _describe(error: Exception) -> str:
    """The error's kind and message, and the line of the user's code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    first_line = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first_line}{where}"
