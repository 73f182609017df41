"""What an architecture is to the rest of the package."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Architecture:
    """A Keras model builder and the space that it is searched over.

    Parameters
    ----------
    name : str
        The name users give, and the one that stands in ``cv_results_``.
    build : callable
        ``build(meta, **hyperparameters) -> keras.Model``. ``meta`` is the dict that
        SciKeras hands to a builder: ``n_features_in_``, ``target_type_``,
        ``n_classes_``, ``n_outputs_`` and the rest. The model may be compiled;
        usually it is not, and the training strategy compiles it.
    space : mapping or list of mappings, default={}
        Hyper-parameters and what to draw them from in a random search: lists or
        objects with an ``rvs`` method, as ``RandomizedSearchCV`` takes them. They may
        be those of the builder and those of the training strategy.
    grid : mapping, default={}
        Hyper-parameters and the lists of values that a grid search tries.
    portfolio : sequence of mappings, default=()
        Candidates that a search which draws tries before it draws: settings that did
        well on many data sets, the best first, each good where those before it are
        not.
    input_kind : str, default=None
        The kind of input that it is for; ``None`` if any.
    representation : str, default=None
        How it takes X, where the preparation of its kind knows several ways.
    regression : mapping, default={}
        Which of ``space``, ``grid`` and ``portfolio`` are others, and what they are,
        where numbers are predicted: a squared error has no bound on its slope, so that
        rates which suit classes can be too high for it.
    """

    name: str
    build: Callable[..., keras.Model]
    space: Mapping[str, Any] | list[dict[str, Any]] = field(default_factory=dict)
    grid: Mapping[str, list[Any]] = field(default_factory=dict)
    portfolio: Sequence[Mapping[str, Any]] = ()
    input_kind: str | None = None
    representation: str | None = None
    regression: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_builder(cls, build: Callable[..., keras.Model]) -> Architecture:
        """Make an architecture of a function of the user's.

        Its keywords become hyper-parameters; what they are searched over is the
        user's to say, through ``param_space``. It may have a ``representation``.
        """
        return cls(
            name=getattr(build, "__name__", type(build).__name__),
            build=build,
            representation=getattr(build, "representation", None),
        )

    def for_regression(self) -> Architecture:
        """Return the same network, searched over as suits the prediction of numbers."""
        return replace(self, **self.regression)

    @property
    def hyperparameters(self) -> frozenset[str]:
        """Names of the keywords that the builder takes besides ``meta``."""
        return frozenset(
            name
            for name, parameter in inspect.signature(self.build).parameters.items()
            if name != "meta" and parameter.kind is not parameter.VAR_KEYWORD
        )

    @property
    def takes_any_keyword(self) -> bool:
        """Whether the builder has a ``**kwargs``."""
        return any(
            parameter.kind is parameter.VAR_KEYWORD
            for parameter in inspect.signature(self.build).parameters.values()
        )

    def __call__(self, meta: dict[str, Any], **hyperparameters: Any) -> keras.Model:
        """Build the model, handing ``meta`` to builders that ask for it."""
        parameters = inspect.signature(self.build).parameters
        if "meta" in parameters or self.takes_any_keyword:
            return self.build(meta=meta, **hyperparameters)
        return self.build(**hyperparameters)


def without(space: Any, *names: str) -> dict[str, Any]:
    """A space of one mapping, without some of its hyper-parameters.

    Parameters
    ----------
    space : mapping
    *names : str
        Which it must have.

    Returns
    -------
    space : dict
    """
    left = dict(space)
    for name in names:
        del left[name]
    return left
