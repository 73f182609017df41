"""What a layer of ours is: a function that is written once, for one model and many."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Sequence
from typing import Any, ClassVar

import keras


class StackableLayer(keras.layers.Layer):
    """A Keras layer whose function goes over weights with any leading axes.

    A subclass makes its weights in ``build`` and computes in ``compute`` alone. From
    that one function come the layer of a single Keras model, the layer of a stack of
    models that train as one program (weights with a leading axis of models), and the
    answer in NumPy. An architecture whose layers are all of Keras' plain ones or of
    this kind is trained in stacks.

    Attributes
    ----------
    can_be_padded : bool
        Whether the last axis of every weight is that of the inputs, and an input of 0
        with weights of 0 gives an output of 0: then a narrower model can be trained in
        the shapes of a wider one.
    looks_up : bool
        Whether it takes rows of its weights by their numbers, which costs no products.
    """

    can_be_padded: ClassVar[bool] = False
    looks_up: ClassVar[bool] = False

    @property
    @abstractmethod
    def settings(self) -> tuple[Hashable, ...]:
        """What ``compute`` is given besides the weights."""

    @staticmethod
    @abstractmethod
    def compute(
        library: Any,
        x: Any,
        weights: Sequence[Any],
        *settings: Any,
        training: bool = False,
    ) -> Any:
        """Compute the layer, row by row.

        Parameters
        ----------
        library : module
            ``keras.ops`` or ``numpy``: what both have may be used.
        x : array of shape (..., b, i)
            b rows; leading axes as the weights have them.
        weights : sequence of array
            In the order in which ``build`` made them, each with the leading axes.
        *settings : object
        training : bool, default=False
            Whether this is a step of training.

        Returns
        -------
        y : array of shape (..., b, o)
        """

    def call(self, inputs: Any, training: bool = False) -> Any:
        weights = [each.value for each in self.weights]
        return self.compute(
            keras.ops, inputs, weights, *self.settings, training=bool(training)
        )
