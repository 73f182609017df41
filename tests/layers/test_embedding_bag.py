"""Weighted sums of vectors."""

import keras
import numpy as np
import pytest
from keras import ops

from skautogen.layers import EmbeddingBag


def sum_in_a_loop(X, vectors, bias):
    return np.array(
        [
            bias + sum(w * vectors[int(t)] for t, w in zip(*row, strict=True))
            for row in X
        ]
    )


@pytest.fixture
def bags():
    rng = np.random.default_rng(0)
    numbers, shares = rng.integers(0, 9, (6, 4)), rng.normal(size=(6, 4))
    return np.stack([numbers, shares], axis=1).astype("float32")


@pytest.fixture
def layer(set_weights):
    layer = EmbeddingBag(n_terms=9, n_units=3)
    layer.build((None, 2, None))
    set_weights(layer)
    return layer


def test_vectors_are_summed_by_their_weights(bags, layer):
    expected = sum_in_a_loop(bags, *layer.get_weights())
    np.testing.assert_allclose(ops.convert_to_numpy(layer(bags)), expected, rtol=1e-4)


def test_numpy_computes_what_keras_computes(bags, layer):
    ours = layer.compute(np, bags, layer.get_weights())
    assert ours.dtype == "float32"
    theirs = ops.convert_to_numpy(layer(bags))
    np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("library", [np, ops])
def test_models_of_a_stack_take_vectors_of_their_own(bags, library):
    rng = np.random.default_rng(2)
    vectors = rng.normal(size=(4, 9, 3)).astype("float32")
    biases = rng.normal(size=(4, 3)).astype("float32")
    rows = np.stack([bags[::-1]] * 2 + [bags] * 2)
    made = np.asarray(EmbeddingBag.compute(library, rows, [vectors, biases]))
    for own, rows_of_one, *weights in zip(made, rows, vectors, biases, strict=True):
        expected = sum_in_a_loop(rows_of_one, *weights)
        np.testing.assert_allclose(own, expected, rtol=1e-3, atol=1e-5)


def test_padding_changes_nothing(bags, layer):
    padded = np.pad(bags, ((0, 0), (0, 0), (0, 3)))
    made = ops.convert_to_numpy(layer(padded))
    expected = ops.convert_to_numpy(layer(bags))
    np.testing.assert_allclose(made, expected, rtol=1e-5, atol=1e-6)


def test_a_model_comes_back_from_a_file(bags, layer, saved_and_loaded):
    inputs = keras.Input((2, None))
    model = keras.Model(inputs, keras.layers.Dense(1)(layer(inputs)))
    loaded = saved_and_loaded(model)
    ours, theirs = (ops.convert_to_numpy(each(bags)) for each in (model, loaded))
    np.testing.assert_array_equal(ours, theirs)
    assert loaded.layers[1].get_config()["n_terms"] == 9
