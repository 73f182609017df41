"""The user's own layers: in a configuration, and as a builder."""

from __future__ import annotations

import copy
import inspect
import pickle
import textwrap

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris

from skautogen import AutoGenClassifier, load
from skautogen.architectures import LayerList
from skautogen.config import ConfigError, parse_config

TASK = "task: {name: TabularClassification, dataset: {name: iris}}\nmodel:\n  layers:\n"
LAYERS = [
    {"Dense": {"units": {"low": 4, "high": 16, "log": True}, "activation": "relu"}},
    {"Dropout": {"rate": {"low": 0.0, "high": 0.3}}},
    {"Dense": {"units": {"choices": [8, 3]}, "name": "last"}},
    "BatchNormalization",
]
META = {"X_shape_": (9, 4), "target_type_": "multiclass", "n_classes_": 3}


def problems(layers):
    with pytest.raises(ConfigError) as caught:
        parse_config(TASK + textwrap.indent(textwrap.dedent(layers), "  "))
    return [str(each) for each in caught.value.problems]


# In a configuration


def test_layers_are_compared_with_those_of_keras():
    found = problems(
        """\
        - Dens: {units: 4}
        - Dense: {unit: 4}
        - Dense:
        - Dense: {units: 4, activation: rleu}
        - Dense: {units: 4}
          Flatten:
        - Lambda: {function: print}
        - Bidirectional: {layer: {LSTM: {units: 4, dropot: 0.1}}}
        - Dense: {units: {low: 4, hihg: 8}}
        """
    )
    places = [each.split(" ")[0] for each in found]
    assert places == [
        *("4:5:", "5:5:", "5:13:", "6:5:", "7:5:", "8:5:", "10:5:", "11:46:"),
        *("12:13:", "12:29:"),
    ]
    text = "\n".join(found)
    for expected in (
        "Unknown layer 'Dens'. Did you mean 'Dense'?",
        "model.layers[1].Dense.unit: Unknown argument of Dense 'unit'.",
        "model.layers[2].Dense: Dense needs 'units'.",
        "model.layers[3].Dense: Keras refuses it: ",
        "got 2 keys. Begin each layer with '- '.",
        "Unknown layer 'Lambda'.",
        "model.layers[6].Bidirectional.layer.LSTM.dropot: Unknown argument of LSTM",
        "model.layers[7].Dense.units.hihg: Unknown key 'hihg'.",
    ):
        assert expected in text


def test_values_of_layers_are_data_and_no_objects_of_keras():
    found = problems("- Dense: {units: 4, activation: {module: os, class_name: x}}")
    assert "Unknown layer 'module'" in "\n".join(found)


def test_layers_stand_instead_of_an_architecture():
    text = TASK + "  - Flatten\n  architecture: mlp\n  hyperparameters: {dropout: 0.1}"
    with pytest.raises(ConfigError, match="either architecture or layers") as caught:
        parse_config(text)
    assert len(caught.value.problems) == 2


def test_two_layers_cannot_have_one_name_or_that_of_the_training():
    (found,) = problems("- Dense: {units: 4, name: a}\n- Dense: {units: 4, name: a}")
    assert "2 layers have the name 'a'" in found
    (found,) = problems("- GRU: {units: 4, name: label}\n- Flatten: {name: label}")
    assert "2 layers have the name 'label'" in found


# As a builder


def test_ranges_are_keywords_that_are_searched():
    layers = LayerList(LAYERS)
    assert list(layers.space) == ["dense_1_units", "dropout_rate", "last_units"]
    assert layers.space["dense_1_units"] == list(range(4, 17))
    assert layers.space["last_units"] == [8, 3]
    drawn = layers.space["dropout_rate"].rvs(100, random_state=0)
    assert 0 <= drawn.min() < drawn.max() <= 0.3
    parameters = inspect.signature(layers).parameters
    defaults = {name: each.default for name, each in parameters.items()}
    assert defaults.pop("meta") is inspect.Parameter.empty
    assert defaults == {"dense_1_units": 8, "dropout_rate": 0.15, "last_units": 8}


def test_layers_are_built_with_the_numbers_that_are_given():
    model = LayerList(LAYERS)(META, dense_1_units=5, last_units=3)
    shapes = [each.output.shape[1:] for each in model.layers]
    assert shapes == [(4,), (5,), (5,), (3,), (3,), (3,)]
    assert model.layers[-1].name == "output"
    assert model.layers[-1].activation.__name__ == "softmax"


def test_layers_around_a_layer_have_its_ranges():
    inner = {"LSTM": {"units": {"choices": [2, 4]}}}
    layers = LayerList([{"Bidirectional": {"layer": inner}}])
    assert layers.space == {"bidirectional_layer_units": [2, 4]}
    model = layers({**META, "X_shape_": (9, 20, 3)}, bidirectional_layer_units=4)
    assert model.input_shape == (None, None, 3)  # of any length
    assert model.layers[-2].output.shape == (None, 8)


def test_pixels_are_brought_to_scale():
    pixels = {"pixel_mean_": (100.0,), "pixel_scale_": (50.0,)}
    layers = LayerList(["Flatten"])
    model = layers({**META, **pixels, "X_shape_": (9, 2, 2, 1)})
    assert model.layers[1](np.full((1, 2, 2, 1), 150.0)).numpy().max() == 1


def test_an_embedding_takes_as_many_tokens_as_there_are():
    layers = LayerList([{"Embedding": {"output_dim": 4}}, "GlobalMaxPooling1D"])
    model = layers({**META, "X_shape_": (9, 7), "n_tokens_": 11})
    assert model.layers[1].input_dim == 11


def test_layers_that_do_not_end_in_one_axis_are_refused():
    with pytest.raises(ValueError, match="End with Flatten, or a pooling layer"):
        LayerList([{"Reshape": {"target_shape": [2, 2]}}])(META)


def test_a_layer_that_cannot_stand_where_it_is_is_told_of():
    with pytest.raises(ValueError, match=r"layers\[1\], Conv2D, .* shape \(4,\) a row"):
        LayerList(["Flatten", {"Conv2D": {"filters": 2, "kernel_size": 3}}])(META)


def test_a_list_is_a_value():
    layers = LayerList(LAYERS)
    for other in (pickle.loads(pickle.dumps(layers)), copy.deepcopy(layers)):
        assert other == layers
        assert hash(other) == hash(layers)
    assert layers != LayerList(LAYERS[:1])
    estimator = AutoGenClassifier(architecture=layers)
    assert clone(estimator).architecture == layers


def test_an_estimator_of_layers_is_searched_and_saved(tmp_path):
    X, y = load_iris(return_X_y=True)
    layers = LayerList([{"Dense": {"units": {"choices": [8, 16]}}}])
    model = AutoGenClassifier(
        architecture=layers,
        search="grid",
        param_space={**layers.space, "learning_rate": [0.05]},
        cv=2,
        epochs=5,
        random_state=0,
    ).fit(X, y)
    assert model.cv_results_["param_dense_units"].tolist() == [8, 16]
    again = load(model.save(tmp_path / "model.skautogen"))
    assert (again.predict_proba(X) == model.predict_proba(X)).all()
    assert again.architecture == layers


@pytest.mark.parametrize("name", ["Lambda", "TFSMLayer", "Layer", "no_such"])
def test_a_builder_makes_no_layer_that_runs_code_or_reads_files(name):
    meta = {"X_shape_": (9, 4), "target_type_": "multiclass", "n_classes_": 3}
    with pytest.raises(ValueError, match=f"Unknown layer '{name}'"):
        LayerList([{name: {"filepath": "saved"}}])(meta)
