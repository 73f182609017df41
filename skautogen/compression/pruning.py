"""Pruning: the weakest units are taken out of the best network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from ._fine_tuning import fine_tune, redesigned
from ._lesson import Lesson
from ._method import NotCompressibleError
from ._smaller import answered_by, ensemble_of
from ._widths import NotResizableError, narrowed, widths_of, with_widths


@dataclass(frozen=True)
class Pruning:
    """Take out the units of smallest magnitude, and train on what is left.

    Units are gone, not zero: the network is one of fewer units. It learns on from the
    answers of the ensemble. Choose it where the best network is good already, as with
    ``ensemble_size=0``, and where ``"distillation"`` takes too long.

    References
    ----------
    H. Li, A. Kadav, I. Durdanovic, H. Samet, H. P. Graf, "Pruning Filters for Efficient
    ConvNets", ICLR 2017.
    """

    name: str = "pruning"
    keeps_networks: ClassVar[bool] = False
    # Share of the units of each layer that is kept.
    strengths: Mapping[str, float] = field(
        default_factory=lambda: {"width 1/4": 0.25, "width 1/2": 0.5, "width 3/4": 0.75}
    )

    def apply(
        self, estimator: Any, lesson: Lesson, strengths: Sequence[str]
    ) -> dict[str, Any]:
        """See :class:`Method`."""
        best = estimator.best_estimator_
        pruned = {
            name: without_weakest(best.named_steps["network"], self.strengths[name])
            for name in strengths
        }
        X = best[:-1].transform(lesson.X)
        answers = ensemble_of(estimator).answer(lesson.X)
        made: dict[str, Any] = {}
        for name, each in pruned.items():
            try:
                made[name] = answered_by(estimator, [fine_tune(each, X, answers)])
            except FloatingPointError as error:
                made[name] = NotCompressibleError(str(error))
        return made


def without_weakest(network: Any, share: float) -> Any:
    """A network with a share of the units of each layer, the strongest.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted; not changed.
    share : float in (0, 1)

    Returns
    -------
    network : NetworkClassifier or NetworkRegressor
        Of fewer units, with the weights of those that stay.

    Raises
    ------
    NotCompressibleError
        If units cannot be taken out of such a network.
    """
    from ._units import streams_of

    try:
        narrow = with_widths(network, narrowed(widths_of(network), share))
    except NotResizableError as error:
        raise NotCompressibleError(str(error)) from error
    weights = [np.asarray(each) for each in network.weights_]
    kept = list(weights)
    for stream in streams_of(network.model_):
        (n_kept,) = narrowed([stream.n_units], share)
        kept = stream.keep(kept, stream.strongest(weights, n_kept))
    pruned = redesigned(network, narrow)
    shapes = [tuple(each.shape) for each in pruned.build_model().weights]
    if shapes != [each.shape for each in kept]:
        raise NotCompressibleError(
            f"architecture {network._architecture.name!r} builds other shapes for "
            f"{narrow} than are left when units are taken out. Use 'distillation'."
        )
    pruned.adopt(network.history_, kept)
    return pruned
