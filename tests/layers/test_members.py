"""Members that share all layers but the first and the last, against plain loops."""

import keras
import numpy as np
import pytest

from skautogen.layers import MemberHeads, MemberInputs

K, N_ROWS, N_IN, N_UNITS, N_OUT = 3, 7, 4, 5, 2
rng = np.random.default_rng(0)
X = rng.normal(size=(N_ROWS, N_IN)).astype("float32")


@pytest.fixture
def model():
    """Member inputs, a shared layer, member heads."""
    inputs = keras.Input((N_IN,))
    hidden = MemberInputs(K)(inputs)
    hidden = keras.layers.Dense(N_UNITS, activation="relu")(hidden)
    outputs = MemberHeads(K, N_OUT, activation="softmax")(hidden)
    model = keras.Model(inputs, outputs)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    return model


def logits(model, row, member):
    scale, kernel, bias, heads, offsets = model.get_weights()
    hidden = np.maximum((row * scale[member]) @ kernel + bias, 0)
    return hidden @ heads[member] + offsets[member]


def softmax(z):
    powers = np.exp(z - z.max())
    return powers / powers.sum()


def test_a_prediction_is_the_mean_of_all_members(model):
    expected = [
        softmax(np.mean([logits(model, row, k) for k in range(K)], axis=0)) for row in X
    ]
    np.testing.assert_allclose(model(X, training=False), expected, atol=1e-5)


def test_in_training_a_row_goes_through_one_member(model):
    expected = [softmax(logits(model, row, n % K)) for n, row in enumerate(X)]
    np.testing.assert_allclose(model(X, training=True), expected, atol=1e-5)


def test_a_stack_is_each_model_alone(model):
    weights = [rng.normal(size=(2, *w.shape)) for w in model.get_weights()]
    stacked = np.stack([X, 2 * X])
    for library in (np, keras.ops):
        members = MemberInputs.compute(library, stacked, weights[:1])
        found = MemberHeads.compute(library, members[..., :N_IN], weights_of(weights))
        for number, one in enumerate(stacked):
            alone = [each[number] for each in weights]
            expected = MemberInputs.compute(np, one, alone[:1])
            expected = MemberHeads.compute(np, expected, weights_of(alone))
            np.testing.assert_allclose(found[number], expected, atol=1e-5)


def weights_of(weights):
    """Heads that take the inputs as they are."""
    heads, offsets = weights[3:]
    return [heads[..., :N_IN, :], offsets]


def test_adapters_begin_as_signs_and_differ():
    layer = MemberInputs(16)
    layer(np.ones((2, 30), "float32"))
    (scale,) = layer.get_weights()
    assert set(np.unique(scale)) == {-1, 1}
    assert len(np.unique(scale, axis=0)) == 16


def test_it_is_saved_and_loaded(model, tmp_path):
    model.save(tmp_path / "model.keras")
    twin = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(twin(X), model(X))
