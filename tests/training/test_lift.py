"""What cannot be stacked is refused, with the reason, and never done by halves."""

import keras
import numpy as np
import pytest
from keras import layers

from skautogen.training.stacked import (
    NotAChainError,
    NotStackableError,
    lift,
    lift_chain,
)

LOSS = "sparse_categorical_crossentropy"


def chain(*middle, answer="softmax"):
    return keras.Sequential(
        [keras.Input((4,)), *middle, layers.Dense(2, activation=answer)]
    )


def branched():
    inputs = keras.Input((4,))
    sides = [layers.Dense(4)(inputs), layers.Dense(4)(inputs)]
    return keras.Model(inputs, layers.Dense(1)(layers.Add()(sides)))


class OwnStep(keras.Model):
    """A model with a way of training of its own."""

    def train_step(self, data):
        raise NotImplementedError


def own_step():
    inputs = keras.Input((4,))
    return OwnStep(inputs, layers.Dense(1)(inputs))


def two_outputs():
    inputs = keras.Input((4,))
    return keras.Model(inputs, [layers.Dense(1)(inputs), layers.Dense(1)(inputs)])


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (chain(layers.Dense(3, bias_constraint="non_neg")), "constraint on bias"),
        (chain(layers.BatchNormalization(scale=False)), "over the rows of a batch"),
        (chain(layers.Lambda(lambda x: x)), "over the rows of a batch"),
        (chain(layers.Dense(3, activity_regularizer="l1")), "over the rows of a batch"),
        (chain(layers.Dense(3, dtype="mixed_bfloat16")), "computes in bfloat16"),
        (own_step(), "OwnStep has a train_step of its own"),
        (chain(layers.Dense(3, activation=layers.PReLU())), "for its activation"),
        (two_outputs(), "several outputs"),
    ],
)
def test_what_cannot_be_stacked_is_refused(model, reason):
    with pytest.raises(NotStackableError, match=reason):
        lift(model, LOSS, key="one")


@pytest.mark.parametrize(
    "model",
    [
        branched(),
        own_step(),
        chain(layers.LayerNormalization()),
        chain(layers.Dense(3, kernel_regularizer="l2")),
        chain(layers.Dense(3, activity_regularizer="l1")),
        chain(layers.Dense(3, trainable=False)),
        chain(layers.Dropout(0.5, noise_shape=(None, 1))),
        chain(layers.Dropout(0.5), layers.Dropout(0.5)),
        chain(layers.BatchNormalization(center=False)),
    ],
)
def test_what_is_not_written_out_is_no_chain(model):
    with pytest.raises(NotAChainError):
        lift_chain(model)


def run(lifted, weights, X, m=3):
    """Outputs of m models with the same weights, each on its own rows."""
    stacked = [np.stack([each] * m) for each in weights]
    choices = np.zeros((m, 8), "int32")
    z, _, _ = lifted(X.reshape(m, -1, X.shape[-1]), stacked, choices, None)
    return np.concatenate(np.asarray(lifted.answer(z)))


@pytest.mark.parametrize(
    "model",
    [
        chain(layers.Dense(3, use_bias=False), layers.BatchNormalization()),
        chain(layers.Dense(3, activation="gelu"), layers.Dropout(0.2)),
        chain(layers.LayerNormalization(), layers.Dense(5, activation="relu")),
        chain(layers.Reshape((2, 2)), layers.GRU(3)),
        chain(layers.Reshape((4, 1)), layers.LSTM(2)),
        keras.Sequential(
            [keras.Input((4,)), layers.LayerNormalization(), layers.Softmax()]
        ),
    ],
)
def test_a_lifted_model_answers_like_the_model(model):
    X = np.random.default_rng(0).normal(size=(6, 4)).astype("float32")
    expected = model.predict(X, verbose=0)
    lifted, single = lift(model, LOSS, key="one")
    np.testing.assert_allclose(run(lifted, single.weights, X), expected, atol=1e-6)
    np.testing.assert_allclose(
        [w.sum() for w in lifted.for_keras(single.weights)],
        [w.sum() for w in model.get_weights()],
        rtol=1e-6,
    )


def test_a_model_padded_into_a_wider_chain_answers_as_before():
    X = np.random.default_rng(0).normal(size=(6, 4)).astype("float32")
    narrow, wide = (
        chain(layers.Dense(n, activation=name), layers.BatchNormalization())
        for n, name in ((3, "selu"), (7, "tanh"))
    )
    expected = narrow.predict(X, verbose=0)
    (small, single), (large, _) = lift_chain(narrow), lift_chain(wide)
    merged = large.merge(small)
    padded = merged.fit_in(single, small)
    assert [w.shape for w in padded.weights] == [w.shape for w in merged.weights]
    choices = np.array([merged.choice_numbers(padded)] * 3, "int32")
    stacked = [np.stack([each] * 3) for each in padded.weights]
    z, _, _ = merged(X.reshape(3, 2, 4), stacked, choices, None)
    answer = np.concatenate(np.asarray(merged.answer(z)))
    np.testing.assert_allclose(answer, expected, atol=1e-6)
    for w, v in zip(small.crop(padded.weights), single.weights, strict=True):
        np.testing.assert_array_equal(w, v)


@pytest.mark.parametrize(
    "other",
    [
        chain(layers.Dense(5, activation="sigmoid")),  # not 0 at 0
        chain(layers.Dense(3, activation="relu", use_bias=False)),
        chain(layers.Dense(3, activation="relu"), layers.Dense(3, activation="relu")),
        chain(layers.Dense(3, activation="relu"), answer="sigmoid"),
    ],
)
def test_chains_that_compute_something_else_are_not_merged(other):
    ours, _ = lift_chain(chain(layers.Dense(3, activation="relu")))
    theirs, _ = lift_chain(other)
    assert ours.merge(theirs) is None
