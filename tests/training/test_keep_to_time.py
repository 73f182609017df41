"""A training that would take too long goes through its schedule in fewer steps."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from skautogen.training._keep_to_time import KeepToTime

N_EPOCHS, N_STEPS = 4, 10


class _Clock:
    """Seconds, as a test moves them on."""

    def __init__(self, monkeypatch, limit):
        self.now, self.limit = 0.0, limit
        monkeypatch.setattr("time.perf_counter", lambda: self.now)

    def left(self):
        return self.limit - self.now


class _Rates(keras.callbacks.Callback):
    """Moves the clock on in each step, and notes where in the schedule it stands."""

    def __init__(self, clock, seconds_of_step):
        super().__init__()
        self._clock, self._seconds = clock, seconds_of_step
        self.iterations = []

    def on_train_batch_begin(self, batch, logs=None):
        self.iterations.append(int(self.model.optimizer.iterations))
        self._clock.now += self._seconds(len(self.iterations))


def _train(monkeypatch, limit, seconds_of_step=lambda number: 1.0):
    model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    clock = _Clock(monkeypatch, limit)
    keeper = KeepToTime(clock.left, N_EPOCHS, N_STEPS)
    rates = _Rates(clock, seconds_of_step)
    X = np.zeros((N_STEPS, 2))
    model.fit(
        X, X[:, 0], batch_size=1, epochs=N_EPOCHS, callbacks=[rates, keeper], verbose=0
    )
    return rates.iterations, keeper.is_cut_short, clock


def test_a_training_with_time_enough_is_left_alone(monkeypatch):
    iterations, is_cut_short, _ = _train(monkeypatch, limit=100.0)
    assert iterations == list(range(N_EPOCHS * N_STEPS))
    assert not is_cut_short


@pytest.mark.parametrize("limit", [25.0, 6.0])
def test_a_training_with_less_goes_to_the_end_of_its_schedule(monkeypatch, limit):
    iterations, is_cut_short, clock = _train(monkeypatch, limit)
    assert clock.now <= limit
    assert 0.7 * limit < len(iterations)
    assert np.all(np.diff(iterations) >= 1)
    # The steps that are left out are left out evenly.
    assert iterations[-1] > N_EPOCHS * N_STEPS * 0.7
    assert not is_cut_short


def test_tracing_is_no_measure_of_steps(monkeypatch):
    iterations, _, _ = _train(
        monkeypatch, 60.0, lambda number: 19.0 if number == 1 else 1.0
    )
    assert iterations == list(range(N_EPOCHS * N_STEPS))


def test_a_step_that_takes_all_the_time_cuts_it_short(monkeypatch):
    iterations, is_cut_short, _ = _train(
        monkeypatch, 50.0, lambda number: 200.0 if number == 5 else 1.0
    )
    assert len(iterations) == 5
    assert is_cut_short


def test_a_training_without_any_time_ends_at_once(monkeypatch):
    iterations, is_cut_short, _ = _train(monkeypatch, limit=1.0)
    assert len(iterations) == 1
    assert is_cut_short
