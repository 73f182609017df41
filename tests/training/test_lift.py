"""What cannot be stacked is refused, with the reason, and never done by halves."""

import keras
import pytest
from keras import layers

from skautogen.training.stacked import NotStackableError, lift


def chain(*middle):
    return keras.Sequential(
        [keras.Input((4,)), *middle, layers.Dense(2, activation="softmax")]
    )


def branched():
    inputs = keras.Input((4,))
    sides = [layers.Dense(4)(inputs), layers.Dense(4)(inputs)]
    return keras.Model(inputs, layers.Dense(1)(layers.Add()(sides)))


class OwnModel(keras.Model):
    """A model with a way of training of its own."""


def own_model():
    inputs = keras.Input((4,))
    return OwnModel(inputs, layers.Dense(1)(inputs))


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (
            chain(layers.LayerNormalization()),
            "LayerNormalization.* has no stacked form",
        ),
        (chain(layers.Dense(3, kernel_regularizer="l2")), "kernel_regularizer="),
        (chain(layers.Dense(3, bias_constraint="non_neg")), "bias_constraint="),
        (chain(layers.Dense(3, activity_regularizer="l1")), "activity_regularizer="),
        (chain(layers.Dropout(0.5, noise_shape=(None, 1))), "noise_shape="),
        (chain(layers.BatchNormalization(scale=False)), "scale=False"),
        (chain(layers.BatchNormalization(center=False)), "center=False"),
        (chain(layers.Dense(3, trainable=False)), "trainable=False"),
        (chain(layers.Dense(3, dtype="mixed_bfloat16")), "computes in bfloat16"),
        (branched(), "do not form a chain|no stacked form"),
        (own_model(), "OwnModel, not a model of Keras"),
        (keras.Sequential([keras.Input((4,)), layers.ReLU()]), "no stacked form"),
    ],
)
def test_what_has_no_lift_is_refused(model, reason):
    with pytest.raises(NotStackableError, match=reason):
        lift(model)


def test_a_plain_chain_is_lifted():
    model = chain(layers.Dense(3, use_bias=False), layers.BatchNormalization())
    lifted = lift(model)
    assert lifted.shapes == [w.shape for w in model.get_weights()]
    assert list(lifted.trained) == [True, True, True, False, False, True, True]
