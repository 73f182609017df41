"""A network answers in NumPy as its Keras model does."""

import keras
import numpy as np
import pytest
from keras import layers

from skautogen.training._numpy_chain import run_chain
from skautogen.training.stacked import lift_chain

ACTIVATIONS = [
    "celu",
    "elu",
    "exponential",
    "gelu",
    "hard_sigmoid",
    "leaky_relu",
    "linear",
    "mish",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "silu",
    "softplus",
    "softsign",
    "tanh",
]


@pytest.mark.parametrize("answer", ["softmax", "sigmoid", "linear"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations_are_those_of_keras(activation, answer):
    model = keras.Sequential(
        [
            keras.Input((5,)),
            layers.BatchNormalization(),
            layers.Dense(9, activation=activation),
            layers.Dropout(0.5),
            layers.Dense(3, activation=answer),
        ]
    )
    rng = np.random.default_rng(0)
    model.set_weights([rng.uniform(0.1, 0.6, w.shape) for w in model.get_weights()])
    X = rng.normal(size=(40, 5)).astype("float32")
    before = X.copy()
    chain, _ = lift_chain(model)
    answered = run_chain(chain, model.get_weights(), X)
    np.testing.assert_allclose(answered, model(X, training=False), rtol=2e-5, atol=1e-6)
    np.testing.assert_array_equal(X, before)


@pytest.mark.parametrize("activation", sorted({*ACTIVATIONS} - {"exponential"}))
def test_large_values_overflow_nowhere(activation):
    answer = layers.Dense(2, activation="softmax")
    hidden = layers.Dense(2, activation=activation)
    chain, single = lift_chain(keras.Sequential([keras.Input((1,)), hidden, answer]))
    X = np.array([[-1e4], [1e4]], "float32")
    assert np.isfinite(run_chain(chain, single.weights, X)).all()


def test_a_row_alone_is_answered_as_among_others():
    answer = layers.Dense(1)
    hidden = layers.Dense(33, activation="relu")
    chain, single = lift_chain(keras.Sequential([keras.Input((20,)), hidden, answer]))
    X = np.random.default_rng(0).normal(size=(50, 20)).astype("float32")
    together = run_chain(chain, single.weights, X)
    alone = [run_chain(chain, single.weights, row[None])[0] for row in X]
    np.testing.assert_allclose(alone, together, rtol=0, atol=1e-7)
