"""Stacked training as plain loops do it: dropout masks, rows, gradients, updates."""

import numpy as np
import pytest
from keras import ops

from skautogen.training import Plan, Training, get_engine, make_network_pipeline
from skautogen.training._rows import epoch_order
from skautogen.training.stacked._masks import drop, drop_one, step_seeds

WORD = 2**32


def mix(bits):
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        bits = ((bits ^ bits >> shift) * factor) % WORD
    return bits ^ bits >> 16


def drop_in_a_loop(x, rates, seeds, layer):
    y = np.zeros_like(x)
    for m, rows in enumerate(x):
        start = mix((int(seeds[m]) + (layer + 1) * 0xC2B2AE35) % WORD)
        for b, row in enumerate(rows):
            for o, value in enumerate(row):
                place = (b * 2**16 + o) * 0x9E3779B9
                drawn = mix((start + place) % WORD) >> 8
                if drawn >= int(rates[m] * 2**24):
                    y[m, b, o] = value / (1 - rates[m])
    return y


@pytest.fixture
def x():
    return np.random.default_rng(0).normal(size=(3, 5, 7)).astype("float32")


def test_masks_are_those_of_a_plain_loop(x):
    rates = np.array([0.25, 0.0, 0.75], "float32")
    seeds = np.array([1, 2**31, WORD - 1], "uint32")
    expected = drop_in_a_loop(x, rates, seeds, layer=2)
    dropped = np.asarray(drop(x, rates, seeds, layer=2))
    np.testing.assert_allclose(dropped, expected, rtol=1e-6)
    for m in (0, 2):
        alone = np.asarray(
            drop_one(x[m], float(rates[m]), ops.convert_to_tensor(seeds[m]), layer=2)
        )
        np.testing.assert_allclose(alone, expected[m], rtol=1e-6)


def test_the_share_that_is_dropped_is_the_rate():
    x = np.ones((2, 200, 300), "float32")
    rates = np.array([0.1, 0.5], "float32")
    seeds = step_seeds(7, np.array([1, 2]))
    dropped = np.asarray(drop(x, rates, seeds, layer=0)) == 0
    np.testing.assert_allclose(dropped.mean(axis=(1, 2)), rates, atol=0.01)
    # No row and no unit is dropped much more often than others.
    for axis, n in ((1, 200), (2, 300)):
        spread = dropped.mean(axis=axis).std(axis=1)
        expected = np.sqrt(rates * (1 - rates) / n)
        np.testing.assert_allclose(spread, expected, rtol=0.25)


def test_a_mask_is_of_the_seed_the_step_the_layer_and_the_place(x):
    rates = np.full(3, 0.5, "float32")
    seeds = step_seeds(7, np.array([1, 2, 3]))
    masks = [np.asarray(drop(np.ones_like(x), rates, seeds, k)) for k in (0, 1)]
    assert len({mask.tobytes() for both in masks for mask in both}) == 6
    # Wider layers, and other models beside it, leave a model's mask as it is.
    wider = np.asarray(drop(np.ones((1, 9, 11), "float32"), rates[:1], seeds[:1], 0))
    np.testing.assert_array_equal(wider[0, :5, :7], masks[0][0])


SEED, RATE, DROPPED, BATCH, EPOCHS = 11, 0.05, 0.4, 16, 2


def loop(kernels, biases, X, y):
    """Weights after SGD on the squared error, with dropout behind a ReLU."""
    w1, w2 = (each.astype("float64") for each in kernels)
    b1, b2 = (each.astype("float64") for each in biases)
    step = 0
    for epoch in range(EPOCHS):
        order = epoch_order(SEED, epoch, len(X))
        for first in range(0, len(X), BATCH):
            rows = order[first : first + BATCH]
            x, target = X[rows], y[rows]
            before = x @ w1 + b1
            kept = drop_in_a_loop(
                np.ones((1, *before.shape)),
                np.array([DROPPED], "float32"),
                step_seeds(SEED, np.array([step])),
                layer=2,
            )[0]
            hidden = np.maximum(before, 0) * kept
            slope = 2 * (hidden @ w2 + b2 - target) / len(rows)
            back = slope @ w2.T * kept * (before > 0)
            w2, b2 = w2 - RATE * hidden.T @ slope, b2 - RATE * slope.sum(0)
            w1, b1 = w1 - RATE * x.T @ back, b1 - RATE * back.sum(0)
            step += 1
    return [w1, b1, w2, b2]


@pytest.mark.parametrize("width", [3, 9])
def test_a_model_of_a_merged_stack_is_trained_as_in_a_plain_loop(width):
    from skautogen.inputs import TablePreparer
    from skautogen.selection import FeatureSelector
    from skautogen.training._network_regressor import NetworkRegressor

    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 4))
    y = X @ rng.normal(size=4) + rng.normal(size=300)
    settings = {
        "epochs": EPOCHS,
        "optimizer": "sgd",
        "schedule": "constant",
        "learning_rate": RATE,
        "batch_size": BATCH,
        "dropout": DROPPED,
        "activation": "relu",
    }
    network = NetworkRegressor(
        "mlp", hyperparameters=settings, early_stopping=False, seed=SEED
    )
    select = FeatureSelector(task="regression")
    pipeline = make_network_pipeline(TablePreparer(), select, network)
    candidates = [
        {"hidden_layer_sizes": (6,), "activation": "tanh"},
        {"hidden_layer_sizes": (width,)},
    ]
    rows = np.arange(len(y))
    trainings = [Training(k, each, rows) for k, each in enumerate(candidates)]
    plan = Plan(pipeline, X, y, None, trainings)
    *_, outcome = get_engine("stacked").carry_out(plan)
    trained = outcome.fitted()
    prepared = trained[:-1].transform(X)
    target = trained[-1].target_encoder.transform(y)
    first = trained[-1].build_model().get_weights()
    expected = loop(first[::2], first[1::2], prepared.astype("float64"), target)
    for ours, theirs in zip(trained[-1].weights_, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)
