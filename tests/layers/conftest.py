"""What the tests of all layers share."""

import keras
import numpy as np
import pytest


@pytest.fixture
def X():
    return np.random.default_rng(0).normal(size=(6, 5)).astype("float32")


@pytest.fixture
def set_weights():
    """Gives a layer weights that are neither 0 nor equal, and returns them."""

    def draw(layer, seed=1):
        rng = np.random.default_rng(seed)
        drawn = [rng.normal(size=each.shape) for each in layer.get_weights()]
        weights = [each.astype("float32") for each in drawn]
        layer.set_weights(weights)
        return weights

    return draw


@pytest.fixture
def saved_and_loaded(tmp_path):
    """A model as it comes back from a file."""

    def come_back(model):
        model.save(tmp_path / "model.keras")
        return keras.models.load_model(tmp_path / "model.keras")

    return come_back
