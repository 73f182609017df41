"""Moves of spectrograms in time and pitch."""

import keras
import numpy as np
import pytest

from skautogen.layers import SpectrogramShift


@pytest.fixture
def spectrograms():
    return np.random.default_rng(0).normal(size=(15, 20, 10, 1)).astype("float32")


def moved(x, frames, bands):
    """One spectrogram, moved place by place."""
    made = np.empty_like(x)
    for t in range(x.shape[0]):
        for m in range(x.shape[1]):
            source = np.clip([t - frames, m - bands], 0, np.array(x.shape[:2]) - 1)
            made[t, m] = x[tuple(source)]
    return made


def test_nothing_is_moved_in_predictions(spectrograms):
    made = SpectrogramShift()(spectrograms, training=False)
    np.testing.assert_array_equal(made, spectrograms)


def test_each_row_is_moved_as_a_whole_and_not_too_far(spectrograms):
    layer = SpectrogramShift(frames=0.1, bands=0.2, seed=0)
    made = np.asarray(layer(spectrograms, training=True))
    found = set()
    for before, after in zip(spectrograms, made, strict=True):
        fitting = [
            (t, m)
            for t in range(-2, 3)
            for m in range(-2, 3)
            if np.array_equal(moved(before, t, m), after)
        ]
        assert len(fitting) == 1
        found.update(fitting)
    assert len(found) > 5


def test_a_share_of_0_moves_nothing(spectrograms):
    layer = SpectrogramShift(frames=0.0, bands=0.0)
    np.testing.assert_array_equal(layer(spectrograms, training=True), spectrograms)


def test_moves_differ_in_each_step_and_return_with_the_seed(spectrograms):
    layer, twin = SpectrogramShift(seed=1), SpectrogramShift(seed=1)
    first, second = (np.asarray(layer(spectrograms, training=True)) for _ in range(2))
    assert (first != second).any()
    np.testing.assert_array_equal(twin(spectrograms, training=True), first)


def test_a_model_comes_back_from_a_file(spectrograms, saved_and_loaded):
    inputs = keras.Input((20, 10, 1))
    model = keras.Model(inputs, SpectrogramShift(frames=0.3, seed=3)(inputs))
    again = saved_and_loaded(model)
    assert again.layers[-1].get_config() == model.layers[-1].get_config()
    assert again.output_shape == (None, 20, 10, 1)
