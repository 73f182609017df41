"""The network of a classifier: a SciKeras ``KerasClassifier``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import ClassifierMixin

from .._backend import load_keras
from ._network import Network
from ._rows import Rows
from ._scikeras import ScikerasClassifier

load_keras()  # unpickling comes here first: the first import must be the silent one

import keras  # noqa: E402


class NetworkClassifier(Network, ScikerasClassifier):
    """A Keras network as a classifier: the last step of a pipeline.

    Parameters
    ----------
    architecture : str or callable, default="auto"
        See :func:`skautogen.architectures.get_architecture`.
    hyperparameters : mapping, default=None
        Of the architecture and of the training strategy, by their flat names.
    early_stopping : bool, default=True
        Hold rows out, end when the loss on them has not fallen for some epochs, and
        keep the weights of the best epoch.
    callbacks : sequence of keras.callbacks.Callback, default=None
    classes : ndarray of shape (n_classes,), default=None
        All there are, also those that the training rows lack. ``None`` takes the
        training rows' own.
    seed : int, default=0
        Of the initial weights, the order of the rows, dropout, and the rows held out.

    Attributes
    ----------
    model_ : keras.Model
    weights_ : list of ndarray
    history_ : dict of list of float
        Losses by epoch: ``"loss"``, and ``"val_loss"`` of the rows held out.
    classes_ : ndarray of shape (n_classes,)
    """

    def __init__(
        self,
        architecture: Any = "auto",
        *,
        hyperparameters: Mapping[str, Any] | None = None,
        early_stopping: bool = True,
        callbacks: Sequence[Any] | None = None,
        classes: np.ndarray | None = None,
        seed: int = 0,
    ) -> None:
        self.architecture = architecture
        self.hyperparameters = hyperparameters
        self.early_stopping = early_stopping
        self.callbacks = callbacks
        self.classes = classes
        self.seed = seed

    def _learn_target(self, training: Rows) -> None:
        # SciKeras' label encoder takes the classes from here.
        self.classes_ = np.unique(training.y) if self.classes is None else self.classes

    def loss_name(self, model: keras.Model) -> str:
        # A subclassed model tells its outputs only when it is called.
        outputs = getattr(model, "outputs", None) or [model(self._a_row())]
        several_outputs = outputs[0].shape[-1] > 1
        return (
            "sparse_categorical_crossentropy"
            if several_outputs
            else "binary_crossentropy"
        )

    def loss_for(self, model: keras.Model) -> str | keras.losses.Loss:
        name, smoothing = self.loss_name(model), self.strategy.label_smoothing
        if not smoothing:
            return name
        # Keras smooths one-hot labels only.
        smoothed = {
            "binary_crossentropy": keras.losses.BinaryCrossentropy,
            "sparse_categorical_crossentropy": keras.losses.CategoricalCrossentropy,
        }
        return smoothed[name](label_smoothing=smoothing)

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Probability of each class, of shape (n_rows, n_classes)."""
        proba = self._outputs(X).astype("float64").reshape(len(X), -1)
        if proba.shape[1] == 1:
            proba = np.hstack([1 - proba, proba])
        # Float32 sums to 1 within 1e-7 only, less than scikit-learn's metrics want.
        return proba / proba.sum(axis=1, keepdims=True)

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Most probable class, of shape (n_rows,)."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    score = ClassifierMixin.score
