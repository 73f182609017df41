"""Masks over spectrograms."""

import keras
import numpy as np
import pytest

from skautogen.layers import SpectrogramMasking


@pytest.fixture
def spectrograms():
    return np.random.default_rng(0).normal(size=(50, 20, 10, 2)).astype("float32")


def test_nothing_is_masked_in_predictions(spectrograms):
    masked = SpectrogramMasking()(spectrograms, training=False)
    np.testing.assert_array_equal(masked, spectrograms)


def test_a_stretch_of_frames_and_of_bands_becomes_the_mean(spectrograms):
    layer = SpectrogramMasking(frames=0.5, bands=0.3, seed=0)
    made = np.asarray(layer(spectrograms, training=True))
    some = 0
    for before, after in zip(spectrograms, made, strict=True):
        is_masked = ~np.isclose(after, before, atol=1e-6).all(axis=2)
        frames, bands = is_masked.all(axis=1), is_masked.all(axis=0)
        np.testing.assert_array_equal(is_masked, frames[:, None] | bands)
        np.testing.assert_allclose(after[is_masked], before.mean(), atol=1e-5)
        # One stretch each, and not too long.
        for each, most in ((frames, 10), (bands, 3)):
            assert np.count_nonzero(np.diff(np.flatnonzero(each)) > 1) == 0
            assert each.sum() <= most
        some += is_masked.any()
    assert some > 40


def test_masks_differ_in_each_step_and_return_with_the_seed(spectrograms):
    layer, twin = SpectrogramMasking(seed=1), SpectrogramMasking(seed=1)
    first, second = (np.asarray(layer(spectrograms, training=True)) for _ in range(2))
    assert (first != second).any()
    np.testing.assert_array_equal(twin(spectrograms, training=True), first)


def test_a_model_comes_back_from_a_file(spectrograms, saved_and_loaded):
    inputs = keras.Input((20, 10, 2))
    model = keras.Model(inputs, SpectrogramMasking(frames=0.4, seed=3)(inputs))
    again = saved_and_loaded(model)
    assert again.layers[-1].get_config() == model.layers[-1].get_config()
    assert again.output_shape == (None, 20, 10, 2)
