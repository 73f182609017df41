"""Training strategies: schedules, optimizers, batch sizes."""

import numpy as np
import pytest

from skautogen.training import (
    OPTIMIZERS,
    SCHEDULES,
    TrainingStrategy,
    make_optimizer,
    make_schedule,
    schedule_rates,
)


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("n_steps", [1, 7, 200])
def test_the_array_of_a_schedule_is_what_keras_computes(name, n_steps):
    schedule = make_schedule(name, 0.05, n_steps)
    expected = [
        float(schedule(step)) if callable(schedule) else schedule
        for step in range(n_steps)
    ]
    rates = schedule_rates(name, 0.05, n_steps)
    np.testing.assert_allclose(rates, expected, rtol=1e-4, atol=1e-8)


@pytest.mark.parametrize("name", [each for each in SCHEDULES if each != "constant"])
def test_schedules_end_low(name):
    rates = schedule_rates(name, 1.0, 1_000)
    assert rates.max() <= 1.0 + 1e-9
    assert rates[-1] <= 0.011


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weight_decay_spares_biases(name):
    import keras

    kernel = keras.Variable(np.ones((2, 2)), name="kernel")
    bias = keras.Variable(np.ones(2), name="bias")
    optimizer = make_optimizer(name, 0.1, weight_decay=0.5)
    optimizer.build([kernel, bias])
    optimizer.apply([np.zeros((2, 2)), np.zeros(2)], [kernel, bias])
    np.testing.assert_allclose(kernel.numpy(), 0.95, atol=1e-6)
    np.testing.assert_allclose(bias.numpy(), 1.0, atol=1e-6)


def test_batches_grow_with_the_table_and_never_exceed_it():
    sizes = [TrainingStrategy().rows_per_step(n) for n in (5, 500, 5_000, 500_000)]
    assert sizes[0] == 5
    assert sizes == sorted(sizes)
    assert TrainingStrategy(batch_size=64).rows_per_step(10) == 10


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"optimizer": "adm"}, "Did you mean 'adam'"),
        ({"schedule": "cosin"}, "Did you mean 'cosine'"),
        ({"learning_rate": 0}, "learning_rate must be a number > 0; got 0"),
        ({"weight_decay": -1}, "weight_decay must be a number >= 0; got -1"),
        ({"epochs": 1.5}, "epochs must be an integer >= 1; got 1.5"),
        (
            {"batch_size": "big"},
            "batch_size must be an integer >= 1 or 'auto'; got 'big'",
        ),
    ],
)
def test_wrong_values_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        TrainingStrategy(**wrong)
