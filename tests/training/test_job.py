"""Where a model of a stack stands in its schedule, and how it goes through it."""

import math

import numpy as np
import pytest

from skautogen.training import SCHEDULES, TrainingStrategy
from skautogen.training.stacked._job import Job, Model, Snapshot
from skautogen.training.stacked._lift import Single

# Batches of 8: seven full ones and one of four rows an epoch.
N_ROWS, N_STEPS, EPOCHS, RATE = 60, 8, 20, 0.1


def make(schedule="cosine", epochs=EPOCHS, n_watched=0, history=None, **settings):
    strategy = TrainingStrategy(
        schedule=schedule, learning_rate=RATE, epochs=epochs, batch_size=8, **settings
    )
    rows = np.arange(100, 100 + N_ROWS)
    single = Single([np.zeros((2, 1), "float32")])
    paused = None
    if history is not None:
        paused = Snapshot(Job(single, rows, rows[:0], strategy, 0).standing, history)
    job = Job(single, rows, np.arange(n_watched), strategy, seed=3, paused=paused)
    return Model.begin(job)


def train(model, n_epochs=math.inf, loss=0.5):
    """Rates of all steps until the model ends, or so many epochs have passed."""
    rates = []
    while not model.has_ended and len(rates) < n_epochs:
        rates.append(model.rates(0))
        model.record(loss, None)
    return np.concatenate(rates)


def cosine(n_epochs, share=1.0):
    """Rates of a cosine over its first part, in a loop."""
    n_steps = n_epochs * N_STEPS
    steps = range(n_steps)
    return [RATE * (1 + math.cos(math.pi * share * s / n_steps)) / 2 for s in steps]


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_epochs_one_after_another_go_through_the_schedule(schedule):
    model = make(schedule)
    expected = model.job.strategy.rates(N_ROWS)
    assert len(expected) == EPOCHS * N_STEPS
    assert model.n_left == EPOCHS
    np.testing.assert_allclose(train(model), expected, rtol=1e-12)
    assert model.epoch == EPOCHS


def test_rates_are_known_some_epochs_ahead():
    model = make()
    ahead = [model.rates(number) for number in range(EPOCHS)]
    np.testing.assert_allclose(np.concatenate(ahead), cosine(EPOCHS))
    train(model, 3)
    np.testing.assert_allclose(model.rates(4), ahead[7])


@pytest.mark.parametrize("n_epochs", [1, 3, 7, 20])
def test_a_schedule_fits_into_as_many_epochs_as_there_is_time_for(n_epochs):
    model = make()
    model.fit_into(n_epochs)
    assert model.n_left == n_epochs
    rates = train(model)
    assert model.epoch == n_epochs
    # The whole schedule, as a training of so many epochs has it.
    np.testing.assert_allclose(rates, cosine(n_epochs), rtol=1e-9)
    # All the way down, but for the last step.
    assert rates[-1] == pytest.approx(0, abs=RATE * 4 / (n_epochs * N_STEPS) ** 2)


@pytest.mark.parametrize("n_epochs", [1, 2, 5])
def test_the_rest_of_a_schedule_fits_into_the_epochs_that_are_left(n_epochs):
    model = make("exponential")
    before = train(model, 10)
    model.fit_into(n_epochs)
    rates = train(model)
    assert len(rates) == n_epochs * N_STEPS
    assert rates[0] < before[-1]
    # From a tenth of the rate to a hundredth.
    steps = np.arange(n_epochs * N_STEPS) / (n_epochs * N_STEPS)
    np.testing.assert_allclose(rates, RATE * 10 ** -(1 + steps), rtol=1e-9)


def test_a_schedule_is_fitted_again_whenever_the_time_is_known_better():
    model = make()
    rates = []
    for n_epochs in (9.7, 5.2, 6.9, 2.0, 1.0):
        model.fit_into(n_epochs)
        assert model.n_left == int(n_epochs)
        rates.append(train(model, 1))
    assert model.has_ended
    rates = np.concatenate(rates)
    assert (np.diff(rates) < 0).all()
    assert rates[-1] < 0.05 * RATE


@pytest.mark.parametrize("n_epochs", [0.0, 0.3, 0.999])
def test_one_epoch_is_left_where_there_is_time_for_less(n_epochs):
    model = make()
    train(model, 4)
    model.fit_into(n_epochs)
    assert model.n_left == 1
    train(model)
    assert model.epoch == 5


@pytest.mark.parametrize("n_epochs", [20, 20.5, 1e9, math.inf])
def test_nothing_changes_where_there_is_time_enough(n_epochs):
    model = make()
    model.fit_into(n_epochs)
    np.testing.assert_allclose(train(model), cosine(EPOCHS))


def test_strides_are_as_short_as_before_when_there_is_time_again():
    model = make()
    model.fit_into(10)
    train(model, 2)  # four epochs of the schedule
    model.fit_into(1_000)
    assert model.n_left == EPOCHS - 4
    np.testing.assert_allclose(train(model), cosine(EPOCHS)[4 * N_STEPS :], atol=1e-12)
    assert model.epoch == 2 + EPOCHS - 4


def test_what_is_left_is_spread_evenly_over_whole_epochs():
    model = make()
    model.fit_into(3)
    train(model, 1)  # a third of the schedule: 13 1/3 epochs are left
    model.fit_into(1_000)
    assert model.n_left == 14
    rates = train(model)
    end = np.arange(14 * N_STEPS) / (14 * N_STEPS)
    shares = 1 / 3 + 2 / 3 * end
    np.testing.assert_allclose(rates, RATE * (1 + np.cos(np.pi * shares)) / 2)


@pytest.mark.parametrize("n_epochs", [0, 1, 3])
def test_rounds_of_a_search_stay_as_they_were_agreed(n_epochs):
    model = make(stop_after=6)
    train(model, 1)
    model.fit_into(n_epochs)
    assert model.n_left == 5
    train(model, 2)
    model.fit_into(n_epochs)
    rates = train(model)
    np.testing.assert_allclose(rates, cosine(EPOCHS)[3 * N_STEPS : 6 * N_STEPS])
    assert model.epoch == 6


def test_a_round_goes_on_where_the_one_before_was_paused():
    before = make(stop_after=6)
    train(before)
    assert before.is_paused
    model = make(stop_after=15, history=before.history)
    assert (model.epoch, model.n_left, model.has_ended) == (6, 9, False)
    rates = train(model)
    np.testing.assert_allclose(rates, cosine(EPOCHS)[6 * N_STEPS : 15 * N_STEPS])
    assert model.history["loss"] == [0.5] * 15


@pytest.mark.parametrize("stop_after", [None, EPOCHS])
def test_a_training_that_goes_to_the_end_is_not_paused(stop_after):
    model = make(stop_after=stop_after)
    train(model)
    assert not model.is_paused


@pytest.mark.parametrize("stride_to", [None, 4])
def test_a_model_is_cut_short_in_the_middle_of_its_schedule(stride_to):
    model = make()
    assert model.is_cut_short
    if stride_to is not None:
        model.fit_into(stride_to)
    train(model, 3)
    assert model.is_cut_short
    train(model)
    assert not model.is_cut_short


def test_an_end_that_makes_no_difference_is_not_missed():
    model = make(epochs=100)
    train(model, 80)
    assert model.is_cut_short
    train(model, 19)
    assert not model.has_ended
    assert not model.is_cut_short


def test_a_round_is_cut_short_before_its_own_end():
    model = make(stop_after=6)
    train(model, 3)
    assert model.is_cut_short
    train(model)
    assert not model.is_cut_short


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_training_that_has_lost_its_way_ends_by_itself(loss):
    model = make(stop_after=6)
    train(model, 2)
    model.record(loss, None)
    assert model.has_ended
    assert not model.is_cut_short
    assert not model.is_paused


def test_a_training_that_stops_early_is_not_cut_short():
    model = make(epochs=100, n_watched=5)
    patience = model.job.strategy.patience
    losses = [3.0, 2.0, *[2.5] * 100]
    for loss in losses:
        model.record(0.5, loss)
        if model.has_ended:
            break
    assert (model.best_loss, model.best_epoch) == (2.0, 2)
    assert model.epoch == 2 + patience
    assert not model.is_cut_short


def test_batches_have_each_row_once_and_end_with_padding():
    job = make().job
    first, second = job.batches(0), job.batches(1)
    assert first.shape == (N_STEPS, 8)
    assert (first[:-1] >= 0).all()
    np.testing.assert_array_equal(first[-1, 4:], [-1] * 4)
    rows = np.sort(first.ravel())[4:]
    np.testing.assert_array_equal(rows, np.arange(100, 100 + N_ROWS))
    assert (first != second).any()
    np.testing.assert_array_equal(first, job.batches(0))
