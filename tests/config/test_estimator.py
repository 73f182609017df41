"""The estimator that a configuration describes."""

from __future__ import annotations

import pytest

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.architectures import LayerList
from skautogen.config import parse_config
from skautogen.search import NarrowedSpace

CLASSES = "task: {name: TabularClassification, dataset: {name: iris}}\n"
NUMBERS = "task: {name: TabularRegression, dataset: {name: diabetes}}\n"


def make(text):
    return parse_config(text).make_estimator()


def test_what_is_left_out_is_the_estimators():
    classifier, regressor = make(CLASSES), make(NUMBERS)
    expected = AutoGenClassifier(input_kind="table").get_params()
    assert classifier.get_params() == expected
    assert regressor.get_params() == AutoGenRegressor(input_kind="table").get_params()


def test_every_setting_arrives():
    text = """
search: {strategy: tpe, n_iter: 7, time_limit: 60, cv: 3, scoring: [f1_macro, accuracy]}
model: {architecture: [mlp, resnet], feature_selection: rfe, ensemble_size: 0}
training:
  epochs: 12
  early_stopping: false
  class_weight: {0: 1, 1: 2.5}
  engine: sequential
  n_jobs: 2
  random_state: 5
"""
    params = make(CLASSES + text).get_params()
    expected = {
        "search": "tpe",
        "n_iter": 7,
        "time_limit": 60,
        "cv": 3,
        "scoring": ["f1_macro", "accuracy"],
        "architecture": ["mlp", "resnet"],
        "feature_selection": "rfe",
        "ensemble_size": 0,
        "epochs": 12,
        "early_stopping": False,
        "class_weight": {0: 1, 1: 2.5},
        "engine": "sequential",
        "n_jobs": 2,
        "random_state": 5,
        "param_space": None,
    }
    assert {key: params[key] for key in expected} == expected


def test_sounds_have_their_sampling_rate():
    text = "task: {name: AudioClassification, dataset: {path: a, sampling_rate: 8000}}"
    estimator = make(text)
    assert (estimator.input_kind, estimator.sampling_rate) == ("audio", 8000)


def test_values_and_ranges_are_searched_and_the_rest_is_the_architectures():
    text = """
model:
  architecture: mlp
  hyperparameters: {dropout: {low: 0.0, high: 0.2}, hidden_layer_sizes: [8, 8]}
training:
  optimizer: lion
  batch_size: {low: 32, high: 64}
  learning_rate: {low: 1e-4, high: 1e-3, log: true}
"""
    given = make(CLASSES + text).param_space
    assert isinstance(given, NarrowedSpace)
    assert given["hidden_layer_sizes"] == [(8, 8)]
    assert given["optimizer"] == ["lion"]
    assert given["dropout"].support() == pytest.approx((0, 0.2))
    assert given["learning_rate"].support() == pytest.approx((1e-4, 1e-3))
    assert given["batch_size"].support() == (32, 64)
    assert len(given) == 5


def test_choices_are_lists():
    space = make(
        CLASSES
        + "search: {strategy: grid}\nmodel: {architecture: mlp}\n"
        + "training: {learning_rate: {choices: [0.01, 0.02]}}"
    ).param_space
    assert dict(space) == {"learning_rate": [0.01, 0.02]}


def test_layers_are_a_builder_with_its_space():
    text = """
model:
  layers:
  - Dense: {units: {choices: [4, 8]}, activation: relu}
  - Flatten
training: {learning_rate: 0.01}
"""
    estimator = make(NUMBERS + text)
    assert estimator.architecture == LayerList(
        [{"Dense": {"units": {"choices": [4, 8]}, "activation": "relu"}}, "Flatten"]
    )
    assert estimator.param_space == {"dense_units": [4, 8], "learning_rate": [0.01]}


def test_layers_for_texts_are_given_tokens():
    text = "task: {name: TextClassification, dataset: {path: a.csv, target: y}}\n"
    text += "model: {layers: [Embedding: {output_dim: 4}, GlobalMaxPooling1D]}"
    assert make(text).architecture.representation == "tokens"
