"""Probabilities that are as sure as they are right."""

import numpy as np
import pytest

from skautogen.ensemble import fit_temperature, temper

CLASSES = np.array(["a", "b", "c"])


@pytest.fixture
def right():
    """Probabilities, and labels drawn by them."""
    rng = np.random.default_rng(0)
    proba = rng.dirichlet([1, 1, 1], size=20_000)
    y = CLASSES[(rng.random((20_000, 1)) > proba.cumsum(axis=1)).sum(axis=1)]
    return proba, y


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0, 3.0])
def test_the_temperature_that_was_wrong_is_found(right, temperature):
    proba, y = right
    wrong = proba**temperature
    wrong /= wrong.sum(axis=1, keepdims=True)
    assert fit_temperature(wrong, y, CLASSES) == pytest.approx(temperature, rel=0.05)


def test_tempering_is_undone_by_its_inverse(right):
    proba, _ = right
    tempered = temper(proba, 2.5)
    np.testing.assert_allclose(tempered.sum(axis=1), 1)
    np.testing.assert_allclose(temper(tempered, 1 / 2.5), proba, atol=1e-9)
    np.testing.assert_array_equal(tempered.argmax(axis=1), proba.argmax(axis=1))


def test_rows_count_by_their_weights():
    # Rows of the first kind are answered too surely, of the second not surely enough.
    proba = np.array([[0.9, 0.1]] * 10 + [[0.6, 0.4]] * 10)
    y = np.array([0] * 6 + [1] * 4 + [0] * 9 + [1])
    first, second = np.repeat([1.0, 0.0], 10), np.repeat([0.0, 1.0], 10)
    classes = np.array([0, 1])
    assert fit_temperature(proba, y, classes, first) == pytest.approx(4.0, rel=0.01)
    assert fit_temperature(proba, y, classes, second) == pytest.approx(0.25, rel=0.01)
    milder = np.array([[0.8, 0.2]] * 10)
    y = np.array([0] * 7 + [1] * 3)
    expected = np.log(4) / np.log(7 / 3)
    assert fit_temperature(milder, y, classes) == pytest.approx(expected, rel=0.01)


def test_certainty_that_is_wrong_is_no_error():
    proba = np.array([[1.0, 0.0], [0.0, 1.0]])
    tempered = temper(proba, fit_temperature(proba, np.array([1, 1]), np.array([0, 1])))
    assert np.isfinite(tempered).all()
