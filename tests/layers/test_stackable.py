"""A layer that someone writes in one function works alone and in a stack."""

import keras
import numpy as np
import pytest
from keras import layers

from skautogen.layers import StackableLayer
from skautogen.training.stacked import lift_chain


class Stretch(StackableLayer):
    """``amount * x * w1 + w2``, as someone outside the package might write it."""

    def __init__(self, amount):
        super().__init__()
        self.amount = amount

    def build(self, input_shape):
        self.add_weight(name="factor", shape=(input_shape[-1],))
        self.add_weight(name="shift", shape=(input_shape[-1],))

    @property
    def settings(self):
        return (self.amount,)

    @staticmethod
    def compute(library, x, weights, *settings, training=False):
        (amount,), (factor, shift) = settings, weights
        # A function of both libraries, so that either can be the one that is used.
        return library.add(amount * x * factor[..., None, :], shift[..., None, :])


def test_the_function_is_that_of_a_keras_layer(X, set_weights):
    layer = Stretch(3.0)
    layer.build(X.shape)
    factor, shift = set_weights(layer)
    np.testing.assert_allclose(layer(X), 3 * X * factor + shift, atol=1e-6)


@pytest.mark.parametrize("n_models", [1, 3])
def test_models_of_a_stack_answer_as_each_alone(X, set_weights, n_models):
    model = keras.Sequential(
        [keras.Input((5,)), layers.Dense(4), Stretch(0.5), layers.Dense(1)]
    )
    weights = [set_weights(model, seed) for seed in range(n_models)]
    lifted, _ = lift_chain(model)
    stacked = [np.stack(each) for each in zip(*weights, strict=True)]
    rows = np.stack([X + number for number in range(n_models)])
    answered, _, _ = lifted(rows, stacked, np.zeros((n_models, 0), "int32"), None)
    for number, own in enumerate(weights):
        model.set_weights(own)
        expected = model(rows[number])
        np.testing.assert_allclose(answered[number], expected, atol=1e-5)
