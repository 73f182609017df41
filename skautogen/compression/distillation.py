"""Distillation: small networks that learn what the ensemble answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ._lesson import Lesson
from ._method import NotCompressibleError
from ._mixing import mixed_rows
from ._smaller import answered_by, ensemble_of
from ._teaching import teach
from ._widths import NotResizableError, narrowed, widths_of, with_widths


@dataclass(frozen=True)
class Distillation:
    """Teach one narrow network, or a few, the answers of the ensemble.

    Choose it for the most: the networks of the folds become one, behind one
    preparation, so that both bytes and milliseconds fall.

    References
    ----------
    C. Bucila, R. Caruana, A. Niculescu-Mizil, "Model Compression", KDD 2006.
    """

    name: str = "distillation"
    keeps_networks: ClassVar[bool] = False
    # Share of the units of each layer, and how many networks.
    strengths: Mapping[str, tuple[float, int]] = field(
        default_factory=lambda: {
            "width 1/4": (0.25, 1),
            "width 1/2": (0.5, 1),
            "one network": (1.0, 1),
            "three networks": (1.0, 3),
        }
    )

    def apply(
        self, estimator: Any, lesson: Lesson, strengths: Sequence[str]
    ) -> dict[str, Any]:
        """See :class:`Method`."""
        best = estimator.best_estimator_
        network, has_columns = best.named_steps["network"], estimator._kind.has_columns
        designs: dict[str, list[dict[str, Any]]] = {}
        for name in strengths:
            share, n_networks = self.strengths[name]
            try:
                smaller = with_widths(network, narrowed(widths_of(network), share))
            except NotResizableError:
                if share < 1:
                    continue
                smaller = {}
            designs[name] = [
                {**smaller, "seed": lesson.seed + k} for k in range(n_networks)
            ]
        X = lesson.X
        if has_columns:
            X = mixed_rows(X, best[:-1].transform(X), lesson.seed)
        taught = iter(
            teach(
                network,
                [each for some in designs.values() for each in some],
                best[:-1].transform(X),
                ensemble_of(estimator).answer(X),
                engine=estimator.engine,
                is_table=has_columns,
            )
        )
        made: dict[str, Any] = {}
        for name, some in designs.items():
            networks = [next(taught) for _ in some]
            errors = [e for e in networks if isinstance(e, NotCompressibleError)]
            made[name] = errors[0] if errors else answered_by(estimator, networks)
        return made
