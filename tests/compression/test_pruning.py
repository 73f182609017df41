"""A network without its weakest units is the network with those units silenced."""

import numpy as np
import pytest

from skautogen.compression import NotCompressibleError
from skautogen.compression._units import streams_of
from skautogen.compression.pruning import without_weakest
from skautogen.structures import Block, Structure
from skautogen.training._network_classifier import NetworkClassifier

STRUCTURE = Structure(
    Block.of("numbers", n_frequencies=4),
    (
        Block.of("residual", units=16, activation="relu"),
        Block.of("dense", units=32, activation="selu", normalisation="batch"),
        Block.of("residual", units=32, activation="silu"),
        Block.of("dense", units=16, activation="silu", normalisation="none"),
    ),
)
SEVERAL = {
    "mlp": {"hidden_layer_sizes": (16, 24)},
    "normalised": {"hidden_layer_sizes": (16, 24), "batch_normalization": True},
    "realmlp": {
        "hidden_layer_sizes": (16, 24),
        "n_frequencies": 4,
        "input_scale": True,
        "parametric_activation": True,
    },
    "resnet": {"width": 16, "n_blocks": 2},
    "tabm": {"hidden_layer_sizes": (16, 24), "n_members": 3},
    "table_blocks": {"structure": STRUCTURE},
}


def _network(name, hyperparameters):
    """A network that has weights, and was not trained."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(30, 5)).astype("float32"), np.arange(30) % 3
    architecture = "mlp" if name == "normalised" else name
    network = NetworkClassifier(architecture, hyperparameters=hyperparameters)
    rows, _ = network.divide(X, y)
    network.learn_data(rows.X, rows.y)
    # Positive where a variance has to be.
    weights = [rng.uniform(0.1, 0.5, w.shape) for w in network.build_model().weights]
    signs = [np.sign(rng.normal(size=w.shape)) if w.ndim > 1 else 1 for w in weights]
    both = zip(weights, signs, strict=True)
    network.adopt({"loss": [0.0]}, [(w * s).astype("float32") for w, s in both])
    return network, X


@pytest.mark.parametrize("name", SEVERAL)
def test_equals_the_network_whose_weakest_units_nobody_reads(name):
    network, X = _network(name, SEVERAL[name])
    silenced = [each.copy() for each in network.weights_]
    for stream in streams_of(network.model_):
        kept = stream.strongest(network.weights_, stream.n_units // 2)
        weak = np.setdiff1d(np.arange(stream.n_units), kept)
        for number, axis in stream.read:
            np.moveaxis(silenced[number], axis, 0)[weak] = 0
    pruned = without_weakest(network, 0.5)
    network.adopt({"loss": [0.0]}, silenced)
    expected = network.predict_proba(X)
    np.testing.assert_allclose(pruned.predict_proba(X), expected, atol=1e-5)
    n_before = sum(each.size for each in silenced)
    assert sum(each.size for each in pruned.weights_) < 0.7 * n_before


def test_the_units_of_least_magnitude_go():
    network, _ = _network("mlp", {"hidden_layer_sizes": (16,)})
    kernel, bias, kernel_out, bias_out = network.weights_
    strength = np.sqrt((kernel**2).sum(0) + bias**2) * np.linalg.norm(
        kernel_out, axis=1
    )
    kept = np.sort(np.argsort(strength)[8:])
    pruned = without_weakest(network, 0.5).weights_
    np.testing.assert_array_equal(pruned[0], kernel[:, kept])
    np.testing.assert_array_equal(pruned[2], kernel_out[kept])
    np.testing.assert_array_equal(pruned[3], bias_out)


def test_the_network_stays_as_it_is():
    network, X = _network("mlp", {"hidden_layer_sizes": (16,)})
    before = network.predict_proba(X)
    without_weakest(network, 0.5)
    np.testing.assert_array_equal(network.predict_proba(X), before)


def _of_ones(meta, slope=1.0):
    import keras

    inputs = keras.Input((meta["n_features_in_"],))
    hidden = keras.layers.Dense(16, "relu")(inputs)
    return keras.Model(inputs, keras.layers.Dense(3, "softmax")(hidden))


def test_a_builder_without_a_number_of_units():
    network, _ = _network("mlp", {"hidden_layer_sizes": (16,)})
    network.architecture = _of_ones
    with pytest.raises(NotCompressibleError, match="none of the hyper-parameters"):
        without_weakest(network, 0.5)
