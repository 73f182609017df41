"""A model that is traced once trains every network as a model of its own would."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from skautogen.training._network_classifier import NetworkClassifier
from skautogen.training._network_regressor import NetworkRegressor
from skautogen.training._traced import TracedModel

RNG = np.random.default_rng(0)
X = RNG.integers(0, 256, (24, 6, 6, 1)).astype("uint8")
Y = np.arange(24) % 3


def _network(seed, make=NetworkClassifier, **hyperparameters):
    # Augmentation and dropout draw random numbers, normalisation has statistics.
    settings = {"filters": 4, "dropout": 0.5, "epochs": 2, "batch_size": 8}
    network = make("cnn", hyperparameters={**settings, **hyperparameters}, seed=seed)
    network.tell({"pixel_mean_": (128.0,), "pixel_scale_": (64.0,)})
    return network


def _assert_same_training(one, other):
    assert one.history_ == other.history_
    for ours, theirs in zip(one.weights_, other.weights_, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("make", [NetworkClassifier, NetworkRegressor])
def test_networks_that_share_a_trace_train_as_each_would_alone(make):
    traced = TracedModel()
    rows = [np.arange(0, 18), np.arange(6, 24), np.arange(24)]
    for seed, taken in enumerate(rows):
        shared = _network(seed, make).fit(X[taken], Y[taken], traced=traced)
        alone = _network(seed, make).fit(X[taken], Y[taken])
        _assert_same_training(shared, alone)


@pytest.mark.parametrize(
    "other", [{"learning_rate": 0.05}, {"optimizer": "sgd"}, {"filters": 5}]
)
def test_networks_that_differ_do_not_share_one(other):
    traced = TracedModel()
    _network(0).fit(X, Y, traced=traced)
    shared = _network(1, **other).fit(X, Y, traced=traced)
    _assert_same_training(shared, _network(1, **other).fit(X, Y))


@pytest.mark.parametrize("early_stopping", [False, True])
def test_rows_that_are_watched_are_each_networks_own(early_stopping):
    traced = TracedModel()
    images = RNG.integers(0, 256, (120, 6, 6, 1)).astype("uint8")
    labels = np.arange(120) % 3
    for seed in range(2):
        networks = [_network(seed, epochs=4) for _ in range(2)]
        for network in networks:
            network.set_params(early_stopping=early_stopping)
        shared = networks[0].fit(images[seed:], labels[seed:], traced=traced)
        alone = networks[1].fit(images[seed:], labels[seed:])
        assert ("val_loss" in alone.history_) == early_stopping
        _assert_same_training(shared, alone)


def test_a_training_that_an_error_ends_leaves_nothing_behind():
    class Interrupting(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            raise MemoryError("enough")

    traced = TracedModel()
    _network(0).fit(X, Y, traced=traced)
    broken = _network(1)
    broken._make_callbacks = lambda watches: [Interrupting()]
    with pytest.raises(MemoryError, match="enough"):
        broken.fit(X, Y, traced=traced)
    shared = _network(2).fit(X, Y, traced=traced)
    _assert_same_training(shared, _network(2).fit(X, Y))


def test_a_model_that_is_not_lent_stays_its_networks_own():
    network = _network(0).set_params(callbacks=[keras.callbacks.Callback()])
    network.fit(X, Y, traced=TracedModel())
    assert network.model_.history.history["loss"] == network.history_["loss"]


def test_a_structure_is_traced_once(monkeypatch):
    n_traces, train_step = 0, keras.Model.train_step

    def counted(self, *args):  # Python runs it only to trace it
        nonlocal n_traces
        n_traces += 1
        return train_step(self, *args)

    monkeypatch.setattr(keras.Model, "train_step", counted)
    traced = TracedModel()
    _network(0).fit(X, Y, traced=traced)
    n_of_the_first = n_traces
    _network(1).fit(X[1:], Y[1:], traced=traced)
    assert n_traces == n_of_the_first
    _network(1).fit(X[1:], Y[1:])
    assert n_traces > n_of_the_first


def test_a_network_answers_as_it_was_trained_after_others_were():
    traced = TracedModel()
    first = _network(0).fit(X, Y, traced=traced)
    before = first.predict_proba(X)
    _network(1).fit(X, Y, traced=traced)
    np.testing.assert_array_equal(first.predict_proba(X), before)
    np.testing.assert_array_equal(first.model_.get_weights()[0], first.weights_[0])
