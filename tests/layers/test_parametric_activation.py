"""Activations that each unit has a share of."""

import math

import keras
import numpy as np
import pytest
from keras import ops

from skautogen.layers import ParametricActivation


def selu(x):
    inner = x if x > 0 else 1.6732632423543772 * math.expm1(x)
    return 1.0507009873554805 * inner


FUNCTIONS = {
    "relu": lambda x: max(x, 0.0),
    "selu": selu,
    "silu": lambda x: x / (1 + math.exp(-x)),
    "mish": lambda x: x * math.tanh(np.logaddexp(0, x)),
}
every_function = pytest.mark.parametrize("function", FUNCTIONS)


def blend_in_a_loop(X, function, share, speed):
    """Between the unit itself, at a share of 0, and its activation, at 1."""
    f = FUNCTIONS[function]
    shares = [1 + speed * float(each) for each in share]
    rows = []
    for x in X:
        pairs = zip(map(float, x), shares, strict=True)
        rows.append([(1 - a) * v + a * f(v) for v, a in pairs])
    return np.array(rows)


def make(function, set_weights):
    layer = ParametricActivation(function, speed=3.0)
    layer.build((None, 5))
    (share,) = set_weights(layer)
    return layer, share


@every_function
def test_shares_begin_at_1_the_plain_activation(function):
    x = np.array([[-80.0, -5.0, -0.5, 0.0, 0.5, 5.0, 19.0, 25.0, 80.0]], "float32")
    expected = [[FUNCTIONS[function](float(each)) for each in x[0]]]
    made = ParametricActivation(function)(x)
    np.testing.assert_allclose(made, expected, rtol=1e-5, atol=1e-6)


@every_function
def test_each_unit_has_a_share_of_its_own(X, set_weights, function):
    layer, share = make(function, set_weights)
    expected = blend_in_a_loop(X, function, share, speed=3.0)
    np.testing.assert_allclose(layer(X), expected, rtol=1e-4, atol=1e-5)


@every_function
def test_numpy_computes_what_keras_computes(X, set_weights, function):
    layer, share = make(function, set_weights)
    ours = layer.compute(np, X, [share], *layer.settings)
    theirs = layer.compute(ops, X, [share], *layer.settings)
    assert ours.dtype == "float32"
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("library", [np, ops])
@every_function
def test_models_of_a_stack_compute_as_each_alone(X, set_weights, function, library):
    layer, _ = make(function, set_weights)
    shares = np.random.default_rng(2).normal(size=(4, 5)).astype("float32")
    rows = np.stack([X + number for number in range(4)])
    made = np.asarray(layer.compute(library, rows, [shares], *layer.settings))
    for number, share in enumerate(shares):
        alone = blend_in_a_loop(rows[number], function, share, speed=3.0)
        np.testing.assert_allclose(made[number], alone, rtol=1e-4, atol=1e-5)


@every_function
def test_padding_stays_0_and_changes_nothing(X, set_weights, function):
    layer, share = make(function, set_weights)
    assert layer.can_be_padded
    wider, longer = np.pad(X, ((0, 0), (0, 3))), np.pad(share, (0, 3))
    made = layer.compute(np, wider, [longer], *layer.settings)
    np.testing.assert_array_equal(made[:, 5:], np.zeros((6, 3)))
    np.testing.assert_allclose(made[:, :5], layer(X), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("speed", [1.0, 6.0])
def test_a_step_of_adam_is_as_many_times_longer_as_the_speed_says(speed):
    layer = ParametricActivation("relu", speed=speed)
    layer.build((None, 2))
    optimizer = keras.optimizers.Adam(0.01)
    gradient = ops.convert_to_tensor([5.0, -0.2])
    optimizer.apply([gradient], layer.trainable_variables)
    # Where the activation is 0, what is left of -1 is one minus the share.
    left = np.asarray(layer(-np.ones((1, 2), "float32")))[0]
    np.testing.assert_allclose(left, [-0.01 * speed, 0.01 * speed], rtol=1e-4)


def test_an_unknown_function_is_named_with_those_there_are():
    message = "Unknown function 'selo'.*'mish', 'relu', 'selu', 'silu'.*mean 'selu'"
    with pytest.raises(ValueError, match=message):
        ParametricActivation("selo")


def test_the_shape_stays(X):
    layer = ParametricActivation()
    assert layer.compute_output_shape((None, 5)) == (None, 5)
    assert layer(keras.Input((5,))).shape == (None, 5)
    assert layer(X).shape == X.shape


@every_function
def test_a_model_comes_back_from_a_file(X, set_weights, saved_and_loaded, function):
    layer, _ = make(function, set_weights)
    inputs = keras.Input((5,))
    model = keras.Model(inputs, keras.layers.Dense(1)(layer(inputs)))
    loaded = saved_and_loaded(model)
    np.testing.assert_array_equal(loaded(X), model(X))
    config = loaded.layers[1].get_config()
    assert (config["function"], config["speed"]) == (function, 3.0)
