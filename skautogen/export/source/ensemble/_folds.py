"""Which rows the networks of an ensemble were trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .._training import watches_rows
from ._members import Member

# How far the share of rows that a fold trains on may be from that of equal folds.
_TOLERANCE = 0.1
# Of the rows of a training, what is left where early stopping watches some.
_LEFT = 0.85


@dataclass(frozen=True)
class Folds:
    """How many there are, and the share of rows that the network of each has.

    Attributes
    ----------
    number : int
    share : float
    """

    number: int
    share: float

    def splitter(self, *, stratifies: bool) -> tuple[str, list[str]]:
        """The splitter of scikit-learn's that draws such folds, and its arguments.

        Parameters
        ----------
        stratifies : bool
            Whether in the shares of the classes.

        Returns
        -------
        name : str
        arguments : list of str
            But the seed.
        """
        word = "Stratified" if stratifies else ""
        if self.number > 1 and abs(self.share - 1 + 1 / self.number) < _TOLERANCE:
            return f"{word}KFold", ["N_FOLDS", "shuffle=True"]
        share = min(max(round(self.share, 2), 0.1), 0.9)
        return f"{word}ShuffleSplit", ["N_FOLDS", f"train_size={share}"]


def read_folds(members: Sequence[Member], n_rows: int) -> Folds | None:
    """Read the folds of an ensemble.

    Parameters
    ----------
    members : sequence of Member
    n_rows : int
        That the estimator was fitted on.

    Returns
    -------
    folds : Folds or None
        ``None`` if all networks were trained on all rows.
    """
    found = [each for each in members if each.fold is not None]
    if not found:
        return None
    network = found[0].network
    n_trained = network.X_shape_[0] / (_LEFT if watches_rows(network) else 1)
    number = 1 + max(each.fold for each in found if each.fold is not None)
    return Folds(number, n_trained / n_rows)
