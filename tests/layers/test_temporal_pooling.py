"""Pooling over steps."""

import keras
import numpy as np

from skautogen.layers import TemporalPooling


def some_sequences():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4, 6, 3)).astype("float32")
    x[..., -1] = np.arange(6) < np.array([6, 3, 1, 0])[:, None]
    return x


def test_mean_and_maximum_are_of_the_steps_that_there_are():
    x = some_sequences()
    for row, n_steps in ((0, 6), (1, 3), (2, 1)):
        own = x[row, :n_steps, :2]
        expected = np.concatenate([own.mean(0), own.max(0)])
        np.testing.assert_allclose(TemporalPooling()(x)[row], expected, rtol=1e-5)


def test_a_row_without_steps_gives_0():
    np.testing.assert_array_equal(TemporalPooling()(some_sequences())[3], 0)


def test_numpy_computes_the_same():
    x = some_sequences()
    np.testing.assert_allclose(
        TemporalPooling.compute(np, x, []), TemporalPooling()(x), rtol=1e-6
    )


def test_a_model_comes_back_from_a_file(saved_and_loaded):
    inputs = keras.Input((None, 3))
    model = keras.Model(inputs, TemporalPooling()(inputs))
    x = some_sequences()
    np.testing.assert_array_equal(saved_and_loaded(model)(x), model(x))
