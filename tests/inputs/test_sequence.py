"""Sequences as an input."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import BaseEstimator

from skautogen.inputs import SequencePreparer, detect_kind


def prepare(X, n_steps=4, representation="steps"):
    return SequencePreparer(n_steps, representation).fit(X)


# What is taken for sequences


@pytest.mark.parametrize(
    "X",
    [
        np.random.default_rng(0).normal(size=(5, 30, 2)),
        [np.zeros((3, 2)), np.zeros((5, 2))],
        [np.zeros(3), np.zeros(5)],
        [[1.0, 2.0], [1.0, 2.0, 3.0]],
        [[[1.0, 2.0]], [[1.0, 2.0], [3.0, 4.0]]],
    ],
    ids=["array", "ragged", "ragged, one channel", "lists", "lists of steps"],
)
def test_sequences_are_recognised(X):
    assert detect_kind(X).name == "sequence"


@pytest.mark.parametrize(
    "X", [[[1, 2], [3, 4]], np.zeros((4, 2)), [np.zeros(2), np.zeros(2)]]
)
def test_rows_of_one_length_are_a_table(X):
    assert detect_kind(X).name == "table"


def test_two_axes_are_sequences_of_one_channel_where_that_is_said():
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert detect_kind(X, "sequence").check(prepare(X), X, reset=True)[0].shape == (
        2,
        1,
    )


# Preparation


def test_channels_are_standardised_over_all_steps_that_there_are():
    X = [np.array([[1.0, 10.0], [3.0, 30.0]]), np.array([[8.0, 20.0]])]
    steps = np.concatenate(X)
    expected = (steps - steps.mean(0)) / steps.std(0)
    prepared = prepare(X).transform(X)
    assert prepared.shape == (2, 4, 3)
    np.testing.assert_allclose(prepared[0, :2, :2], expected[:2], rtol=1e-5)
    np.testing.assert_allclose(prepared[1, :1, :2], expected[2:], rtol=1e-5)
    np.testing.assert_array_equal(prepared[..., 2].sum(axis=1), [2, 1])
    assert not prepared[0, 2:].any()


@pytest.mark.parametrize("padding", [0.0, np.nan])
def test_padding_at_the_end_is_no_step(padding):
    X = np.full((3, 5, 2), padding)
    X[:, :3] = np.random.default_rng(0).normal(size=(3, 3, 2))
    bare = prepare(list(X[:, :3])).transform(list(X[:, :3]))
    np.testing.assert_array_equal(prepare(X).transform(X), bare)


def test_padding_is_cut_off_whatever_holds_the_sequences():
    X = np.random.default_rng(0).normal(size=(3, 5, 2)).astype("float32")
    X[:, 3:] = 0
    held = np.empty(3, dtype=object)
    held[:] = list(X)
    preparer = prepare(X)
    np.testing.assert_array_equal(preparer.transform(held), preparer.transform(X))


def test_what_is_missing_within_is_interpolated():
    whole = np.arange(5.0)[:, None]
    gap = whole.copy()
    gap[2] = np.nan
    preparer = prepare([whole])
    np.testing.assert_allclose(
        preparer.transform([gap]), preparer.transform([whole]), atol=1e-6
    )


def test_a_constant_channel_becomes_0():
    X = np.ones((2, 3, 1)) * 7
    np.testing.assert_array_equal(prepare(X).transform(X)[..., 0], 0)


def test_a_channel_without_a_value_becomes_0():
    X = np.full((3, 4, 2), np.nan)
    X[..., 0] = np.arange(12).reshape(3, 4)
    preparer = prepare(X)
    np.testing.assert_array_equal(preparer.transform(X)[..., 1], 0)
    X[..., 1] = 5  # which fit saw nothing of
    np.testing.assert_array_equal(preparer.transform(X)[..., 1], 0)


def test_longer_sequences_than_those_of_fit_are_kept_whole():
    preparer = prepare([np.arange(3.0), np.arange(4.0)])
    assert preparer.transform([np.arange(9.0)]).shape == (1, 9, 2)


def test_rows_of_weight_0_are_as_if_removed():
    X = np.random.default_rng(0).normal(size=(4, 3, 2))
    weighted = SequencePreparer(3).fit(X, sample_weight=[1, 2, 0, 0])
    np.testing.assert_array_equal(weighted.transform(X), prepare(X[:2], 3).transform(X))


# Random kernels


@pytest.fixture(scope="module")
def waves():
    rng = np.random.default_rng(0)
    steps, phases = np.arange(40), rng.uniform(0, 6, 60)[:, None]
    rate = np.where(np.arange(60) % 2, 0.5, 0.9)[:, None]
    return np.sin(rate * steps + phases)[..., None], np.arange(60) % 2


def test_kernels_tell_shapes_apart_wherever_they_are(waves):
    from sklearn.linear_model import RidgeClassifier

    X, y = waves
    preparer = SequencePreparer(40, "kernels").fit(X[:40])
    linear = RidgeClassifier().fit(preparer.transform(X[:40]), y[:40])
    assert linear.score(preparer.transform(X[40:]), y[40:]) == 1.0


def test_features_do_not_depend_on_rows_beside_or_on_padding(waves):
    X, _ = waves
    preparer = SequencePreparer(40, "kernels").fit(X)
    together = preparer.transform([X[0, :20], *X[1:5], np.zeros((70, 1)) + 1])
    alone = preparer.transform([X[0, :20]])
    np.testing.assert_allclose(together[:1], alone, atol=2e-4)


def test_a_kernel_is_a_plain_convolution():
    from skautogen.inputs._random_kernels import _apply, _Kernels

    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(size=(1, 20, 2)), np.ones((1, 20, 1))], axis=2)
    weights = rng.normal(size=(9, 2, 1))
    kernels = _Kernels(weights.reshape(18, 1), 2, False, np.zeros(1))
    expected = [
        sum(
            X[0, step + 2 * (tap - 4), channel] * weights[tap, channel, 0]
            for tap in range(9)
            for channel in range(2)
            if 0 <= step + 2 * (tap - 4) < 20
        )
        for step in range(20)
    ]
    np.testing.assert_allclose(_apply(X, kernels)[0][0, :, 0], expected, atol=1e-12)


@pytest.mark.parametrize("n_long", [0, 1])
def test_kernels_take_rows_of_a_single_step(n_long):
    """Whose differences there are none of, in all rows or in those looked at."""
    rng = np.random.default_rng(0)
    X = [rng.normal(size=(1, 2)) for _ in range(200)]
    X += [rng.normal(size=(9, 2)) for _ in range(n_long)]
    features = prepare(X, 9, "kernels").transform(X)
    assert np.isfinite(features).all()
    assert features[:200].std() > 0.1


# What is wrong


@pytest.mark.parametrize(
    ("X", "match"),
    [
        (
            [np.zeros((2, 2)), np.zeros((2, 3))],
            r"row 1: .* 3 channels, and row 0",
        ),
        ([np.zeros((2, 2)), np.zeros((0, 2))], r"row 1: a sequence is empty"),
        ([[1.0], ["a", "b"]], r"row 1: a sequence must hold numbers"),
        ([[1.0], [np.inf]], r"row 1: a sequence has infinite values"),
        ([[1.0], [np.nan]], r"row 1: a sequence has no value but NaN"),
        ([np.zeros((2, 2, 2))], r"row 0: a sequence has 3 axes"),
        (np.zeros((2, 2, 2, 2)), r"X has 4 axes"),
        ([], r"0 sample\(s\)"),
    ],
)
def test_wrong_sequences_are_refused_by_row(X, match):
    with pytest.raises(ValueError, match=match):
        prepare(X)


IMAGES = {
    "grey": [(8, 9), (9, 8)],
    "grey of one height": [(8, 9), (8, 10)],
    "colour": [(8, 9, 3), (9, 8, 3)],
    "colour of one height": [(8, 9, 3), (8, 10, 3)],
}


@pytest.mark.parametrize("shapes", IMAGES.values(), ids=IMAGES)
def test_images_of_several_sizes_are_told_what_to_do(shapes):
    X = [np.ones(shape) for shape in shapes]
    match = r"row \d: a sequence has .*If these are images.* one size.*resize.*paths"
    with pytest.raises(ValueError, match=match):
        detect_kind(X).check(BaseEstimator(), X, reset=True)


def test_other_channels_than_in_fit_are_refused():
    preparer = prepare(np.ones((2, 3, 2)))
    with pytest.raises(ValueError, match=r"row 0: .* 1 channels, and fit saw 2"):
        preparer.transform(np.ones((2, 3, 1)))


def test_an_unknown_representation_is_refused():
    with pytest.raises(ValueError, match=r"representation.*'kernels'"):
        prepare([[1.0]], representation="kernel")
