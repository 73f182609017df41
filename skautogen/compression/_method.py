"""What a method of compression is to the rest of the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ._lesson import Lesson


class Method(Protocol):
    """A way of making a fitted estimator smaller. One file each.

    A method decides nothing: it makes estimators of several strengths, and whoever
    called it judges them.

    Attributes
    ----------
    name : str
    strengths : mapping of str -> object
        How much smaller, by name, from the strongest to the mildest.
    keeps_networks : bool
        Whether the same networks answer, and not one made of the best.
    """

    @property
    def name(self) -> str: ...

    @property
    def strengths(self) -> Mapping[str, Any]: ...

    @property
    def keeps_networks(self) -> bool: ...

    def apply(
        self, estimator: Any, lesson: Lesson, strengths: Sequence[str]
    ) -> dict[str, Any]:
        """Make smaller estimators.

        Parameters
        ----------
        estimator : AutoGenClassifier or AutoGenRegressor
            Fitted; not changed.
        lesson : Lesson
            Rows that may be learned from.
        strengths : sequence of str

        Returns
        -------
        smaller : dict of str -> estimator or NotCompressibleError
            By strength; those that suit the architecture. The error stands for a
            strength whose training diverged, so that the others count.

        Raises
        ------
        NotCompressibleError
            If none does.
        """
        ...


class NotCompressibleError(ValueError):
    """A method does not know the architecture, or what it trained diverged."""
