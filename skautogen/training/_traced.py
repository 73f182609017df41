"""A model that is traced once, and trains several networks one after another.

The first step of a Keras model is traced, which takes seconds: longer than many a small
network trains. Networks of one structure differ in their rows and their seed alone, and
a trace knows of neither.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras


class TracedModel:
    """The model that trained last, lent to whoever's own would be traced alike."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._model: Any = None
        self._optimizer_state: list[Any] = []

    def lend(self, model: keras.Model, key: Hashable) -> keras.Model:
        """Give a model that trains just as ``model`` would, until it is given back.

        Parameters
        ----------
        model : keras.Model
            Compiled, and not yet trained.
        key : hashable
            Equal for models that have the same structure and are compiled alike.

        Returns
        -------
        model : keras.Model
            The one that was given back last where the key is its key; else ``model``
            itself.
        """
        lent, self._model = self._model, None
        if lent is None or key != self._key:
            model.optimizer.build(model.trainable_variables)
            self._optimizer_state = [each.numpy() for each in model.optimizer.variables]
            return model
        for target, source in zip(lent.variables, model.variables, strict=True):
            target.assign(source)
        state = zip(lent.optimizer.variables, self._optimizer_state, strict=True)
        for target, value in state:
            target.assign(value)
        return lent

    def take_back(self, model: keras.Model, key: Hashable) -> None:
        """Keep a model for the next, once its training has ended well.

        One that an error ended may hold on to the rows of its training.
        """
        self._key, self._model = key, model
