"""The network of a SciKeras user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
from _problem import Problem
from scikeras.wrappers import KerasClassifier, KerasRegressor
from sklearn.base import BaseEstimator
from sklearn.utils import ClassifierTags, RegressorTags, Tags

EPOCHS = 100
PATIENCE = 10


class Classifier(KerasClassifier):
    """SciKeras 0.13, the last, does not describe itself as scikit-learn wants it."""

    def __sklearn_tags__(self) -> Tags:
        tags = BaseEstimator.__sklearn_tags__(self)
        tags.estimator_type = "classifier"
        tags.classifier_tags = ClassifierTags()
        tags.target_tags.required = True
        return tags


class Regressor(KerasRegressor):
    """See ``Classifier``."""

    def __sklearn_tags__(self) -> Tags:
        tags = BaseEstimator.__sklearn_tags__(self)
        tags.estimator_type = "regressor"
        tags.regressor_tags = RegressorTags()
        tags.target_tags.required = True
        return tags


def make_network(problem: Problem) -> Any:
    """Make a network whose training stops early."""
    # As ``random_state`` of the wrapper this would turn on TensorFlow's op determinism,
    # and training would be slower.
    keras.utils.set_random_seed(problem.seed)
    Network = Classifier if problem.is_classification else Regressor
    return Network(
        build_network,
        epochs=EPOCHS,
        validation_split=0.1,
        callbacks=keras.callbacks.EarlyStopping,
        callbacks__patience=PATIENCE,
        callbacks__restore_best_weights=True,
        verbose=0,
    )


def build_network(
    meta: Mapping[str, Any],
    hidden_layer_sizes: Sequence[int] = (128,),
    dropout: float = 0.0,
    learning_rate: float = 1e-3,
) -> keras.Model:
    """Build and compile a multilayer perceptron."""
    model = keras.Sequential([keras.Input((meta["n_features_in_"],))])
    for width in hidden_layer_sizes:
        model.add(keras.layers.Dense(width, "relu"))
        model.add(keras.layers.Dropout(dropout))
    if meta["target_type_"] == "multiclass":
        n_outputs, activation = meta["n_classes_"], "softmax"
        loss = "sparse_categorical_crossentropy"
    elif meta["target_type_"] == "binary":
        n_outputs, activation, loss = 1, "sigmoid", "binary_crossentropy"
    else:
        n_outputs, activation, loss = 1, "linear", "mean_squared_error"
    model.add(keras.layers.Dense(n_outputs, activation))
    model.compile(keras.optimizers.Adam(learning_rate), loss)
    return model
