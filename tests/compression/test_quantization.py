"""Weights in fewer bits are near the weights."""

import keras
import numpy as np
import pytest

from skautogen.compression.quantization import pack_float16, pack_int4, pack_int8


@pytest.fixture
def kernel():
    return np.random.default_rng(0).normal(size=(7, 5)).astype("float32")


@pytest.mark.parametrize(("pack", "n_steps"), [(pack_int8, 127), (pack_int4, 7)])
def test_each_number_is_within_half_a_step(pack, n_steps, kernel):
    step = np.abs(kernel).max(axis=0) / n_steps
    away = np.abs(pack(kernel).unpack() - kernel)
    assert (away <= step / 2 * (1 + 1e-5)).all()


def test_int8_is_that_of_keras(kernel):
    codes, _ = keras.quantizers.abs_max_quantize(kernel, axis=0, to_numpy=True)
    np.testing.assert_array_equal(pack_int8(kernel).codes, codes)


def test_float16_keeps_eleven_digits(kernel):
    np.testing.assert_allclose(pack_float16(kernel).unpack(), kernel, rtol=2**-11)


@pytest.mark.parametrize(("pack", "most"), [(pack_int8, 35), (pack_int4, 18)])
def test_bytes_of_the_codes(pack, most, kernel):
    assert pack(kernel).codes.nbytes == most


@pytest.mark.parametrize("pack", [pack_int8, pack_int4, pack_float16])
@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 3, 5), (3, 1, 3)])
def test_shapes(pack, shape):
    weight = np.random.default_rng(0).normal(size=shape).astype("float32")
    unpacked = pack(weight).unpack()
    assert unpacked.shape == shape
    assert unpacked.dtype == np.float32


@pytest.mark.parametrize("pack", [pack_int8, pack_int4])
def test_a_unit_of_zeros(pack):
    np.testing.assert_array_equal(pack(np.zeros((3, 2))).unpack(), 0)


def _step_by_step(kernel):
    """Rounded to 127 steps for each column, in float64."""
    step = np.abs(kernel).max(axis=0) / 127
    return np.round(kernel / step) * step


def test_predictions_are_those_of_the_rounded_weights(classifier, rows):
    X = rows[0]
    small = classifier.compress(X, rows[1], method="int8", tolerance=1).estimator
    total = 0
    ensemble = classifier.ensemble_
    for share, pipeline in zip(ensemble.weights, ensemble.pipelines, strict=True):
        kernel_1, bias_1, kernel_2, bias_2 = (
            each.astype("float64") for each in pipeline.named_steps["network"].weights_
        )
        z = pipeline[:-1].transform(X) @ _step_by_step(kernel_1) + bias_1
        hidden = np.maximum(z, 0)
        z = hidden @ _step_by_step(kernel_2) + bias_2
        total = total + share / (1 + np.exp(-z[:, 0]))
    odds = (total / (1 - total)) ** (1 / ensemble.temperature)
    expected = odds / (1 + odds)
    np.testing.assert_allclose(small.predict_proba(X)[:, 1], expected, atol=2e-3)
