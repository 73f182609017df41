"""Training a network on, from the weights that it has."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from .._backend import load_keras, quiet_tensorflow
from ..training import TrainingStrategy
from ..training._seeded import seeded

# Steps, of which there are few: most of it is learned already. At a part of the rate.
_STEPS, _MOST_EPOCHS = 1_000, 30
_RATE_SHARE = 0.3


def redesigned(network: Any, hyperparameters: Mapping[str, Any]) -> Any:
    """A network of other hyper-parameters for the same data, without weights.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted; not changed.
    hyperparameters : mapping
        In the place of some of its own.

    Returns
    -------
    network : NetworkClassifier or NetworkRegressor
    """
    twin = copy.copy(network)
    for name in ("weights_", "_packed_weights"):
        twin.__dict__.pop(name, None)
    twin.hyperparameters = {**(network.hyperparameters or {}), **hyperparameters}
    return twin


def fine_tune(network: Any, X: np.ndarray, answers: np.ndarray) -> Any:
    """Train a network on, to answer as another does.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        With weights; it is changed.
    X : ndarray of shape (n_rows, ...)
        As the network takes them.
    answers : ndarray of shape (n_rows, n_classes), (n_rows,) or (n_rows, n_outputs)
        Probabilities of classes, or numbers.

    Returns
    -------
    network : NetworkClassifier or NetworkRegressor
    """
    keras = load_keras()
    own: TrainingStrategy = network.strategy
    n_steps = own.steps_per_epoch(len(X))
    strategy = TrainingStrategy(
        optimizer=own.optimizer,
        learning_rate=own.learning_rate * _RATE_SHARE,
        batch_size=own.batch_size,
        epochs=min(_MOST_EPOCHS, math.ceil(_STEPS / n_steps)),
    )
    with seeded(network.seed), quiet_tensorflow():
        model = keras.models.clone_model(network.model_)
        model.set_weights(network.weights_)
        targets, loss = _targets(network, answers, model.output_shape[-1])
        model.compile(
            optimizer=strategy.optimizer_for(len(X)),
            loss=loss,
            steps_per_execution=min(n_steps, 64),
            jit_compile=False,
        )
        model.fit(
            X.astype("float32"),
            targets,
            batch_size=strategy.rows_per_step(len(X)),
            epochs=strategy.n_epochs,
            verbose=0,
        )
    network.adopt(model.history.history, model.get_weights())
    network.__dict__.pop("_model", None)
    return network


def _targets(network: Any, answers: np.ndarray, n_units: int) -> tuple[np.ndarray, str]:
    """Answers on the scale of the output layer, and the loss that compares them."""
    scaler = getattr(network, "_target_scaler", None)
    if scaler is not None:
        scaled = scaler.transform(answers.reshape(len(answers), -1))
        return scaled.astype("float32"), "mean_squared_error"
    if n_units == 1:
        return answers[:, 1:].astype("float32"), "binary_crossentropy"
    return answers.astype("float32"), "categorical_crossentropy"
