"""Networks of whatever layers are trained in a stack as Keras trains them."""

import keras
import numpy as np
import pytest
from keras import layers
from sklearn.datasets import make_classification

from skautogen.inputs import TablePreparer
from skautogen.selection import FeatureSelector
from skautogen.training import Plan, Training, get_engine, make_network_pipeline

X, y = make_classification(
    151, 8, n_informative=5, n_classes=3, class_sep=2.0, random_state=0
)


def answer(hidden):
    return layers.Dense(3, activation="softmax")(hidden)


def branched(meta):
    inputs = keras.Input((meta["n_features_in_"],))
    hidden = layers.Dense(8, kernel_regularizer="l2")(inputs)
    hidden = layers.LayerNormalization()(hidden)
    side = layers.Dense(8, activation="gelu")(hidden)
    return keras.Model(inputs, answer(layers.Add()([hidden, side])))


def recurrent(meta):
    inputs = keras.Input((meta["n_features_in_"],))
    steps = layers.Reshape((-1, 2))(inputs)
    return keras.Model(inputs, answer(layers.GRU(4)(steps)))


def attentive(meta):
    inputs = keras.Input((meta["n_features_in_"],))
    steps = layers.Reshape((-1, 2))(inputs)
    seen = layers.MultiHeadAttention(2, 3)(steps, steps)
    return keras.Model(inputs, answer(layers.Flatten()(seen)))


def without_a_last_dense(meta):
    inputs = keras.Input((meta["n_features_in_"],))
    return keras.Model(inputs, layers.Softmax()(layers.Dense(3)(inputs)))


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        # Not in the order in which they are called.
        self.last = layers.Dense(3, activation="softmax")
        self.first = layers.Dense(6, activation="relu")

    def call(self, inputs):
        return self.last(self.first(inputs))


def subclassed(meta):
    return Subclassed()


def dropped(meta, rate=0.4):
    inputs = keras.Input((meta["n_features_in_"],))
    hidden = layers.LayerNormalization()(layers.Dense(64)(inputs))
    return keras.Model(inputs, answer(layers.Dropout(rate)(hidden)))


def train(build, engine, candidates, seed=7):
    from skautogen.training._network_classifier import NetworkClassifier

    network = NetworkClassifier(
        build,
        classes=np.unique(y),
        hyperparameters={"epochs": 2, "optimizer": "momentum"},
        seed=seed,
    )
    select = FeatureSelector(task="classification")
    pipeline = make_network_pipeline(TablePreparer(), select, network)
    rows = np.arange(len(y) - 10)
    trainings = [Training(k, each, rows) for k, each in enumerate(candidates)]
    outcomes = get_engine(engine).carry_out(Plan(pipeline, X, y, None, trainings))
    return [outcome.fitted() for outcome in outcomes]


def sigmoids(meta):
    # Keras takes what is before them for the logits of a softmax.
    inputs = keras.Input((meta["n_features_in_"],))
    return keras.Model(inputs, layers.Dense(3, activation="sigmoid")(inputs))


def twice(meta):
    inputs = keras.Input((meta["n_features_in_"],))
    last = layers.Dense(3, activation="softmax")
    return keras.Model(inputs, last(last(layers.Dense(3)(inputs))))


class Table(layers.Layer):
    """Holds numbers that are no weights: a trace captures so many by reference."""

    def __init__(self):
        super().__init__()
        self.table = keras.ops.linspace(-1.0, 1.0, 200)

    def call(self, inputs):
        return inputs * keras.ops.mean(keras.ops.abs(self.table))


def with_a_table(meta):
    inputs = keras.Input((meta["n_features_in_"],))
    return keras.Model(inputs, answer(Table()(layers.Dense(4)(inputs))))


@pytest.mark.parametrize(
    "build",
    [
        attentive,
        branched,
        recurrent,
        sigmoids,
        subclassed,
        twice,
        with_a_table,
        without_a_last_dense,
    ],
)
def test_engines_agree(build):
    candidates = [{"learning_rate": 0.05, "weight_decay": 0.01}, {"epochs": 1}]
    stacked, single = (
        train(build, engine, candidates) for engine in ("stacked", "sequential")
    )
    for ours, theirs in zip(stacked, single, strict=True):
        a, b = ours[-1], theirs[-1]
        for name in a.history_:
            np.testing.assert_allclose(a.history_[name], b.history_[name], atol=2e-4)
        for w, v in zip(a.weights_, b.weights_, strict=True):
            np.testing.assert_allclose(w, v, atol=2e-4)
        np.testing.assert_allclose(
            ours.predict_proba(X), theirs.predict_proba(X), atol=1e-4
        )


def test_a_builder_that_reads_a_variable_is_built_anew():
    activation = "relu"

    def build(meta):
        inputs = keras.Input((meta["n_features_in_"],))
        hidden = layers.LayerNormalization()(layers.Dense(8)(inputs))
        return keras.Model(inputs, answer(layers.Activation(activation)(hidden)))

    losses = []
    for activation in ("relu", "tanh"):  # noqa: B007
        (trained,) = train(build, "stacked", [{}])
        losses.append(trained[-1].history_["loss"])
        prepared = trained[:-1].transform(X)
        np.testing.assert_allclose(
            trained.predict_proba(X), trained[-1].model_(prepared), atol=1e-5
        )
    assert losses[0] != losses[1]


def test_it_is_compiled_once_for_the_check_and_the_training():
    from skautogen.training.stacked import _programs

    _programs._PROGRAMS.clear()
    train(branched, "stacked", [{"learning_rate": 0.05}, {"epochs": 1}])
    assert len(_programs._PROGRAMS) == 1


def test_dropout_is_of_the_training_alone():
    (none,), (much,) = (
        train(lambda meta, rate=rate: dropped(meta, rate), "stacked", [{}])
        for rate in (0.0, 0.8)
    )
    assert much[-1].history_["loss"][-1] > 1.2 * none[-1].history_["loss"][-1]
    np.testing.assert_array_equal(much.predict_proba(X), much.predict_proba(X))
