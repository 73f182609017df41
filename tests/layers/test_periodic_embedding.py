"""Periodic embeddings: the waves, their order, and where they begin."""

import keras
import numpy as np
import pytest
from keras import ops

from skautogen.layers import PeriodicEmbedding


def embed_in_a_loop(X, weights, speed):
    """Numbers, then k of the descriptions of each for k = 1, 2, ..., then the rest."""
    frequency, phase, kernel, bias = (speed * w.astype("float64") for w in weights)
    n, n_described = bias.shape
    rows = []
    for x in X.astype("float64"):
        row = list(x[:n])
        for k in range(n_described):
            for i in range(n):
                waves = np.cos(2 * np.pi * (x[i] * frequency[i] + phase[i]))
                row.append(sum(waves * kernel[i, :, k]) + bias[i, k])
        rows.append(row + list(x[n:]))
    return np.array(rows)


def make(n_numeric, set_weights, **settings):
    layer = PeriodicEmbedding(n_numeric, n_frequencies=7, **settings)
    layer.build((None, 5))
    return layer, set_weights(layer)


@pytest.mark.parametrize("speed", [1.0, 2.5])
@pytest.mark.parametrize(("n_numeric", "dimension"), [(2, 4), (5, 3), (1, 2), (3, 1)])
def test_a_number_becomes_itself_and_waves(X, set_weights, n_numeric, dimension, speed):
    layer, weights = make(n_numeric, set_weights, dimension=dimension, speed=speed)
    expected = embed_in_a_loop(X, weights, speed)
    np.testing.assert_allclose(layer(X), expected, atol=1e-4)


def test_features_that_are_no_numbers_pass_unchanged_after_the_others(X, set_weights):
    layer, _ = make(2, set_weights)
    np.testing.assert_array_equal(np.asarray(layer(X))[:, -3:], X[:, 2:])


def test_a_table_without_numbers_passes_unchanged(X, set_weights):
    layer, _ = make(0, set_weights)
    np.testing.assert_array_equal(layer(X), X)


def test_waves_are_cosines_over_many_turns():
    turns = np.linspace(-4, 4, 2001, dtype="float32")[:, None]
    one, none = np.ones((1, 1), "float32"), np.zeros((1, 1), "float32")
    weights = [one, none, one[..., None], none]
    made = PeriodicEmbedding.compute(np, turns, weights, 1.0)
    expected = np.cos(2 * np.pi * turns.astype("float64"))
    np.testing.assert_allclose(made[:, 1:], expected, atol=5e-6)


def test_numpy_computes_what_keras_computes(X, set_weights):
    layer, weights = make(3, set_weights)
    ours = layer.compute(np, X, weights, *layer.settings)
    theirs = layer.compute(ops, X, weights, *layer.settings)
    assert ours.dtype == "float32"
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("library", [np, ops])
def test_models_of_a_stack_compute_as_each_alone(X, set_weights, library):
    layer, _ = make(3, set_weights, speed=2.0)
    each = [set_weights(layer, seed) for seed in range(4)]
    stacked = [np.stack(parts) for parts in zip(*each, strict=True)]
    rows = np.stack([X * (1 + number) for number in range(4)])
    made = np.asarray(layer.compute(library, rows, stacked, *layer.settings))
    assert made.shape == (4, 6, 5 + 3 * 3)
    for number, weights in enumerate(each):
        alone = embed_in_a_loop(rows[number], weights, speed=2.0)
        np.testing.assert_allclose(made[number], alone, atol=1e-4)


def test_the_gradient_is_that_of_cosines(X):
    # Weights of one wave, y = 1.5 cos(2 pi x w), and the row that answers it at once.
    tf = pytest.importorskip("tensorflow")
    x = X[:1, :1]
    w = tf.constant([[0.7]])
    zero, kernel = tf.zeros((1, 1)), tf.constant([[[1.5]]])
    with tf.GradientTape() as tape:
        tape.watch(w)
        made = PeriodicEmbedding.compute(ops, x, [w, zero, kernel, zero], 1.0)[0, 1]
    inner = 2 * np.pi * x
    expected = -1.5 * inner * np.sin(inner * 0.7)
    np.testing.assert_allclose(tape.gradient(made, w), expected, rtol=1e-3)


def test_the_shape_is_known_beforehand(X):
    layer = PeriodicEmbedding(n_numeric=2, dimension=6)
    assert layer.compute_output_shape((None, 5)) == (None, 15)
    assert layer(keras.Input((5,))).shape == (None, 15)
    assert layer(X).shape == (6, 15)


@pytest.mark.parametrize("speed", [1.0, 8.0])
def test_speed_leaves_open_where_the_layer_begins(speed):
    layer = PeriodicEmbedding(40, n_frequencies=50, sigma=0.3, speed=speed)
    layer.build((None, 40))
    frequency, phase, kernel, bias = (speed * w for w in layer.get_weights())
    assert frequency.std() == pytest.approx(0.3, rel=0.15)
    assert abs(frequency.mean()) < 0.05
    for values, edge in ((phase, 0.5), (kernel, 50**-0.5), (bias, 50**-0.5)):
        assert 0.8 * edge < abs(values).max() <= edge


def test_a_model_comes_back_from_a_file(X, set_weights, saved_and_loaded):
    inputs = keras.Input((5,))
    settings = {"n_frequencies": 3, "dimension": 5, "sigma": 0.7, "speed": 2.0}
    layer = PeriodicEmbedding(2, **settings)
    model = keras.Model(inputs, keras.layers.Dense(1)(layer(inputs)))
    set_weights(layer)
    loaded = saved_and_loaded(model)
    np.testing.assert_array_equal(loaded(X), model(X))
    config = loaded.layers[1].get_config()
    assert {**settings, "n_numeric": 2}.items() <= config.items()
