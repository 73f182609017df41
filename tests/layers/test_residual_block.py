"""A residual block, against plain NumPy."""

import keras
import numpy as np
import pytest

from skautogen.layers import ResidualBlock

rng = np.random.default_rng(0)
X = rng.normal(size=(6, 4)).astype("float32")


def test_a_block_begins_as_the_identity():
    np.testing.assert_array_equal(ResidualBlock(8)(X), X)


def test_it_adds_what_its_hidden_layer_makes():
    block = ResidualBlock(3, "relu")
    block(X)
    weights = [rng.normal(size=w.shape).astype("float32") for w in block.get_weights()]
    block.set_weights(weights)
    w_in, b_in, w_out, b_out = weights
    expected = X + np.maximum(X @ w_in + b_in, 0) @ w_out + b_out
    np.testing.assert_allclose(block(X), expected, atol=1e-5)
    np.testing.assert_allclose(
        ResidualBlock.compute(np, X, weights, "relu"), expected, atol=1e-5
    )


def test_an_unknown_function_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="Did you mean 'silu'"):
        ResidualBlock(3, "sil")


def test_it_is_saved_and_loaded(tmp_path):
    inputs = keras.Input((4,))
    model = keras.Model(inputs, ResidualBlock(5, "mish")(inputs))
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    model.save(tmp_path / "model.keras")
    twin = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(twin(X), model(X))
