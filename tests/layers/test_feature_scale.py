"""Learnt factors of features."""

import keras
import numpy as np
import pytest
from keras import ops

from skautogen.layers import FeatureScale


def scale_in_a_loop(X, scale, speed):
    factors = [1 + speed * float(each) for each in scale]
    return np.array([[v * factors[k] for k, v in enumerate(x)] for x in X])


@pytest.fixture
def layer(set_weights):
    layer = FeatureScale(speed=3.0)
    layer.build((None, 5))
    set_weights(layer)
    return layer


def test_factors_begin_at_1(X):
    np.testing.assert_array_equal(FeatureScale(speed=10.0)(X), X)


def test_each_feature_has_a_factor_of_its_own(X, layer):
    (scale,) = layer.get_weights()
    expected = scale_in_a_loop(X, scale, speed=3.0)
    np.testing.assert_allclose(layer(X), expected, rtol=1e-5)


@pytest.mark.parametrize("speed", [1.0, 6.0])
def test_a_step_of_adam_is_as_many_times_longer_as_the_speed_says(speed):
    layer = FeatureScale(speed=speed)
    layer.build((None, 2))
    optimizer = keras.optimizers.Adam(0.01)
    gradient = ops.convert_to_tensor([5.0, -0.2])
    optimizer.apply([gradient], layer.trainable_variables)
    factors = np.asarray(layer(np.ones((1, 2), "float32")))[0]
    np.testing.assert_allclose(factors, [1 - 0.01 * speed, 1 + 0.01 * speed], rtol=1e-5)


def test_numpy_computes_what_keras_computes(X, layer):
    weights = layer.get_weights()
    ours = layer.compute(np, X, weights, *layer.settings)
    theirs = layer.compute(ops, X, weights, *layer.settings)
    assert ours.dtype == "float32"
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


@pytest.mark.parametrize("library", [np, ops])
def test_models_of_a_stack_compute_as_each_alone(X, layer, library):
    scales = np.random.default_rng(2).normal(size=(4, 5)).astype("float32")
    rows = np.stack([X + number for number in range(4)])
    made = np.asarray(layer.compute(library, rows, [scales], *layer.settings))
    for number, scale in enumerate(scales):
        alone = scale_in_a_loop(rows[number], scale, speed=3.0)
        np.testing.assert_allclose(made[number], alone, rtol=1e-4, atol=1e-6)


def test_padding_stays_0_and_changes_nothing(X, layer):
    assert layer.can_be_padded
    (scale,) = layer.get_weights()
    wider, longer = np.pad(X, ((0, 0), (0, 3))), np.pad(scale, (0, 3))
    made = layer.compute(np, wider, [longer], *layer.settings)
    np.testing.assert_array_equal(made[:, 5:], np.zeros((6, 3)))
    np.testing.assert_allclose(made[:, :5], layer(X), rtol=1e-6)


def test_the_shape_stays(X, layer):
    assert layer.compute_output_shape((None, 5)) == (None, 5)
    assert layer(keras.Input((5,))).shape == (None, 5)
    assert layer(X).shape == X.shape


def test_a_model_comes_back_from_a_file(X, layer, saved_and_loaded):
    inputs = keras.Input((5,))
    model = keras.Model(inputs, keras.layers.Dense(1)(layer(inputs)))
    loaded = saved_and_loaded(model)
    np.testing.assert_array_equal(loaded(X), model(X))
    assert loaded.layers[1].get_config()["speed"] == 3.0
