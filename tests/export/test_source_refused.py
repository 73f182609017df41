"""What cannot be written as source is refused, with what to do."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from keras import callbacks
from sklearn.decomposition import PCA
from sklearn.exceptions import NotFittedError

from skautogen import AutoGenClassifier
from skautogen.export import CannotGenerateError
from skautogen.export.source._network import network_source
from skautogen.export.source._task import Task
from skautogen.export.source._training import training_source
from skautogen.export.source.preparers import preparation_source
from skautogen.inputs import TablePreparer
from skautogen.selection import FeatureSelector, KeepAll
from skautogen.training import TrainingStrategy


def _prepare(X):
    prepare = TablePreparer().fit(X)
    select = FeatureSelector().fit(prepare.transform(X))
    return preparation_source("table", prepare, select, Task([0, 1]))


def _numbers():
    """The preparation of a table of numbers."""
    return _prepare(np.random.default_rng(0).normal(size=(30, 2)))


def test_estimator_that_is_not_fitted(tmp_path):
    with pytest.raises(NotFittedError):
        AutoGenClassifier().generate_code(tmp_path / "model.py")


def test_kinds_of_input_that_nobody_knows():
    with pytest.raises(CannotGenerateError, match=r"kind audio, .*, and not .*'video'"):
        preparation_source("video", None, KeepAll(), Task([0, 1]))


def test_selected_topics_of_texts():
    words = ["the cat sat on a mat", "my dog ran to the park today", "no rain at all"]
    rng = np.random.default_rng(0)
    texts = [" ".join(rng.choice(words, 2)) + f" {k}" for k in range(100)]
    X = pd.DataFrame({"said": texts, "n": rng.normal(size=100)})
    prepare = TablePreparer().fit(X)
    select = FeatureSelector("kbest", n_features=3).fit(
        prepare.transform(X), np.arange(100) % 2
    )
    with pytest.raises(CannotGenerateError, match=r"topics of texts .*: said"):
        preparation_source("table", prepare, select, Task([0, 1]))


def test_features_that_a_transformer_makes():
    X = np.random.default_rng(0).normal(size=(30, 3))
    prepare = TablePreparer().fit(X)
    select = FeatureSelector(PCA(2)).fit(prepare.transform(X))
    with pytest.raises(CannotGenerateError, match=r"PCA.* makes new features"):
        preparation_source("table", prepare, select, Task([0, 1]))


def test_layers_that_nobody_knows(own_layer_model):
    with pytest.raises(CannotGenerateError, match=r"Layer 'mine' is a .*Mine"):
        network_source(own_layer_model, "", _numbers())


def test_settings_of_layers_that_are_no_plain_values():
    import keras

    small = keras.initializers.RandomNormal(stddev=1e-3)
    layer = keras.layers.Dense(1, kernel_initializer=small, name="small")
    model = keras.Sequential([keras.Input((2,)), layer])
    with pytest.raises(CannotGenerateError, match="'small' has kernel_initializer"):
        network_source(model, "", _numbers())


@pytest.fixture
def own_layer_model():
    import keras

    class Mine(keras.layers.Layer):
        def call(self, inputs):
            return inputs

    inputs = keras.Input((2,))
    return keras.Model(inputs, Mine(name="mine")(inputs))


def _network(**changes):
    settings = {
        "strategy": TrainingStrategy(),
        "callbacks": None,
        "history_": {"loss": [1.0]},
        "seed": 0,
        "X_shape_": (100, 2),
    }
    return SimpleNamespace(**settings | changes)


def test_callbacks():
    network = _network(callbacks=[callbacks.TerminateOnNaN()])
    with pytest.raises(CannotGenerateError, match=r"callbacks \(TerminateOnNaN\)"):
        training_source(network, None, _numbers(), stratifies=False)


def test_trainings_that_were_left_in_the_middle():
    network = _network(strategy=TrainingStrategy(epochs=90, stop_after=30))
    with pytest.raises(CannotGenerateError, match="left after 30 of 90 epochs"):
        training_source(network, None, _numbers(), stratifies=False)


def test_classes_of_weight_0():
    with pytest.raises(CannotGenerateError, match="leaves classes out"):
        training_source(_network(), {"a": 0, "b": 1}, _numbers(), stratifies=True)


@pytest.mark.parametrize("name", ["model.txt", "my-model.py", "model"])
def test_paths_that_are_no_module(name, tmp_path):
    from skautogen.export import write_source

    with pytest.raises(ValueError, match=r"path must name a Python module"):
        write_source(None, tmp_path / name)


def test_models_within_models():
    import keras

    inner = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)], name="inner")
    model = keras.Sequential([keras.Input((2,)), inner])
    with pytest.raises(CannotGenerateError, match="a model within it, 'inner'"):
        network_source(model, "", _numbers())


def test_operations_that_nobody_knows():
    import keras

    inputs = keras.Input((2,))
    model = keras.Model(inputs, keras.ops.sin(inputs))
    with pytest.raises(CannotGenerateError, match="The network computes Sin"):
        network_source(model, "", _numbers())


def test_lambda_layers():
    import keras

    layer = keras.layers.Lambda(lambda x: 2 * x, name="twice", output_shape=(2,))
    model = keras.Sequential([keras.Input((2,)), layer])
    with pytest.raises(CannotGenerateError, match="'twice'"):
        network_source(model, "", _numbers())
