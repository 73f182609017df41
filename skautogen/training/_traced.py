"""A model that is traced once, and trains several networks one after another.

The first step of a Keras model is traced, which takes seconds: longer than many a small
network trains. Networks of one structure differ in their rows and their seed alone, and
a trace knows of neither.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


class TracedModel:
    """The model that trained last, lent to whoever's own would be traced alike."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._model: Any = None

    def in_the_state_of(self, model: keras.Model, key: Hashable) -> keras.Model:
        """Return a model that trains just as ``model`` would.

        Parameters
        ----------
        model : keras.Model
            Compiled, and not yet trained.
        key : hashable
            Equal for models that have the same structure and are compiled alike.

        Returns
        -------
        model : keras.Model
            The one that trained last where the key is its key; else ``model`` itself,
            which is kept for the next.
        """
        model.optimizer.build(model.trainable_variables)
        if key != self._key:
            self._key, self._model = key, model
            return model
        _copy(model.variables, self._model.variables)
        _copy(model.optimizer.variables, self._model.optimizer.variables)
        return self._model


def _copy(sources: Iterable[Any], targets: Iterable[Any]) -> None:
    for source, target in zip(sources, targets, strict=True):
        target.assign(source)
