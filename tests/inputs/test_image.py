"""What counts as images, how files become arrays, and what is refused."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from PIL import Image
from sklearn.base import BaseEstimator, clone
from sklearn.datasets import load_digits
from sklearn.exceptions import NotFittedError

from skautogen.inputs import INPUT_KINDS, ImagePreparer, detect_kind
from skautogen.inputs import _image_files as image_files
from skautogen.inputs._images import check_images


@pytest.fixture
def pixels():
    return np.random.default_rng(0).integers(0, 256, (6, 9, 12, 3)).astype(np.uint8)


@pytest.fixture
def files(pixels, tmp_path):
    """The pixels in files that lose nothing, one a row."""
    paths = [tmp_path / f"{row}.png" for row in range(len(pixels))]
    for path, image in zip(paths, pixels, strict=True):
        Image.fromarray(image).save(path)
    return paths


def check(X):
    return check_images(BaseEstimator(), X, reset=True)


# --- what looks like images -----------------------------------------------------------

ARRAYS = {
    "4 axes": np.zeros((5, 8, 8, 3)),
    "4 axes, negative": -np.ones((5, 3, 2, 1)),
    "integers": np.zeros((5, 28, 12), dtype=int),
    "booleans": np.zeros((5, 8, 8), dtype=bool),
    "digits of scikit-learn": load_digits().images,
    "list of arrays": [np.zeros((28, 28), dtype=np.uint8)] * 3,
    "list of lists": np.zeros((3, 8, 8), dtype=int).tolist(),
}


@pytest.mark.parametrize("X", ARRAYS.values(), ids=ARRAYS)
def test_these_arrays_are_images(X):
    assert detect_kind(X).name == "image"


OTHERS = {
    "table": np.zeros((5, 8)),
    "small sides": np.ones((5, 100, 3), dtype=int),
    "negative integers": -np.ones((5, 20, 20), dtype=int),
    "negative fractions": -np.ones((5, 20, 20)),
    "long fractions": np.ones((5, 100, 20)),
    "short fractions": np.ones((5, 7, 7)),
    "not a number": np.full((5, 20, 20), np.nan),
    "lists of several lengths": [np.zeros((5, 9)), np.zeros((6, 9))],
    "texts": ["about cat.png, and a dog", "more of them"],
    "no rows": [],
    "frame of numbers": pd.DataFrame({"a": [1.0, 2.0]}),
}


@pytest.mark.parametrize("X", OTHERS.values(), ids=OTHERS)
def test_these_are_something_else(X):
    assert detect_kind(X).name != "image"


HOLDERS = {
    "list": list,
    "texts": lambda paths: [str(each) for each in paths],
    "array": np.array,
    "array of texts": lambda paths: np.array([str(each) for each in paths]),
    "series": pd.Series,
    "frame": lambda paths: pd.DataFrame({"path": [str(each) for each in paths]}),
    "polars series": lambda paths: pl.Series([str(each) for each in paths]),
    "polars frame": lambda paths: pl.DataFrame({"path": [str(p) for p in paths]}),
}


@pytest.mark.parametrize("hold", HOLDERS.values(), ids=HOLDERS)
def test_paths_may_come_in_many_forms(hold, files, pixels):
    X = hold(files)
    assert detect_kind(X).name == "image"
    np.testing.assert_array_equal(check(X), pixels)


@pytest.mark.parametrize("extension", image_files.EXTENSIONS)
def test_every_extension_is_recognised_and_read(extension, tmp_path):
    path = tmp_path / f"A{extension.upper()}"
    Image.new("RGB", (20, 16), (200, 100, 50)).save(path)
    assert detect_kind([path]).name == "image"
    (image,) = check([path])
    assert image.shape == (16, 20, 3)
    np.testing.assert_allclose(image.mean(axis=(0, 1)), (200, 100, 50), atol=3)


# --- files ----------------------------------------------------------------------------


def save(path, size, mode="L", **more):
    Image.new(mode, size).save(path, **more)
    return path


def test_files_are_brought_to_their_median_size(tmp_path):
    sizes = [(20, 30), (24, 30), (90, 16)]
    paths = [save(tmp_path / f"{k}.png", size) for k, size in enumerate(sizes)]
    assert check(paths).shape == (3, 30, 24, 1)


def test_large_files_keep_their_ratio_and_are_limited(tmp_path):
    assert check([save(tmp_path / "a.png", (512, 256))]).shape == (1, 64, 128, 1)


def test_many_files_are_made_smaller_to_fit_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(image_files, "_PIXELS_IN_ALL", 2 * 32 * 32)
    assert check([save(tmp_path / "a.png", (64, 48))] * 2).shape == (2, 24, 32, 1)


def test_images_are_grey_only_if_all_are(tmp_path):
    grey, colour = save(tmp_path / "a.png", (8, 8)), tmp_path / "b.png"
    Image.new("RGB", (8, 8), "red").save(colour)
    assert check([grey, grey]).shape[3] == 1
    both = check([grey, colour])
    np.testing.assert_array_equal(both[:, 0, 0], [[0, 0, 0], [255, 0, 0]])


def test_transparent_places_are_white(tmp_path):
    path = tmp_path / "a.png"
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(path)
    assert (check([path]) == 255).all()


def test_sixteen_bits_are_scaled_to_eight(tmp_path):
    path = tmp_path / "a.png"
    Image.fromarray(np.full((8, 8), 128 * 256 + 3, dtype=np.uint16)).save(path)
    assert (check([path]) == 128).all()


@pytest.mark.parametrize("dtype", [np.int32, np.float32])
def test_wider_pixels_that_fit_in_a_byte_keep_their_values(dtype, tmp_path):
    path, pixels = tmp_path / "a.tif", np.arange(0, 256, 4).reshape(8, 8)
    Image.fromarray(pixels.astype(dtype)).save(path)
    np.testing.assert_array_equal(check([path])[0, ..., 0], pixels)


WIDE = {
    "integers": (np.full((8, 8), 70_000, np.int32), "'I', are from 70000 to 70000"),
    "negative": (np.full((8, 8), -1, np.int32), "mode 'I', are from -1 to -1"),
    "fractions": (np.full((8, 8), 0.5, np.float32), "mode 'F', are from 0.5 to 0.5"),
    "NaN": (np.full((8, 8), np.nan, np.float32), "mode 'F', are from nan"),
}


@pytest.mark.parametrize(("pixels", "match"), WIDE.values(), ids=WIDE)
def test_wider_pixels_that_do_not_are_refused_rather_than_clipped(
    pixels, match, tmp_path
):
    path = tmp_path / "a.tif"
    Image.fromarray(pixels).save(path)
    with pytest.raises(ValueError, match=f"Row 0.*a.tif.*{match}.*pass arrays"):
        check([path])


def test_photos_are_turned_as_the_camera_was(tmp_path):
    path, exif = tmp_path / "a.jpg", Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, clockwise
    image = Image.new("L", (32, 16))
    image.paste(255, (0, 0, 16, 16))  # the left half, which comes up
    image.save(path, exif=exif, quality=95)
    (turned,) = check([path])
    assert turned.shape == (32, 16, 1)
    assert turned[:12].min() > 200
    assert turned[20:].max() < 50


def test_later_files_are_brought_to_the_shape_of_fit(files, tmp_path):
    preparer = ImagePreparer().fit(files)
    other = save(tmp_path / "other.png", (40, 40), "LA")
    assert preparer.transform([other]).shape == (1, 9, 12, 3)


def test_a_row_is_read_alone_as_among_others(files):
    preparer = ImagePreparer().fit(files)
    alone = [preparer.transform([each])[0] for each in files]
    np.testing.assert_array_equal(preparer.transform(files), alone)


# --- arrays ---------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.int64, np.uint16, np.float32, np.float64, bool])
def test_integers_up_to_255_take_a_byte_each_and_other_numbers_four(dtype):
    X = np.arange(2).reshape(1, 1, 2).astype(dtype)
    expected = np.float32 if np.dtype(dtype).kind == "f" else np.uint8
    assert check(X).dtype == expected


@pytest.mark.parametrize("value", [-1, 256, 70_000])
def test_other_integers_keep_their_values(value):
    images = check(np.full((1, 2, 2), value))
    assert images.dtype == np.float32
    assert (images == value).all()


def test_bytes_are_not_copied(pixels):
    preparer = ImagePreparer().fit(pixels)
    assert preparer.transform(pixels) is pixels


@pytest.mark.parametrize("n_channels", [1, 2, 3, 4])
def test_up_to_4_channels_stay_as_they_are(n_channels):
    X = np.random.default_rng(0).integers(0, 255, (3, 5, 6, n_channels))
    np.testing.assert_array_equal(check(X), X)


def test_grey_images_need_no_axis_for_it():
    X = np.random.default_rng(0).normal(size=(3, 5, 6)).astype(np.float32)
    preparer = ImagePreparer().fit(X)
    np.testing.assert_array_equal(preparer.transform(X[..., None])[..., 0], X)


def test_a_list_of_arrays_is_an_array(pixels):
    np.testing.assert_array_equal(check(list(pixels)), pixels)


# --- what the network is told ---------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_mean_and_deviation_of_each_channel(pixels, dtype):
    preparer = ImagePreparer().fit(pixels.astype(dtype))
    channels = pixels.reshape(-1, 3).astype(float)
    np.testing.assert_allclose(preparer.pixel_mean_, channels.mean(axis=0))
    np.testing.assert_allclose(preparer.pixel_scale_, channels.std(axis=0))


def test_networks_are_told_roughly_so_that_folds_agree():
    images = np.random.default_rng(0).integers(0, 250, (40, 8, 8, 3)) + 3
    folds = [images[:30], images[10:], images]
    told = {tuple(ImagePreparer().fit(each).meta().items()) for each in folds}
    assert len(told) == 1
    meta = dict(told.pop())
    standardised = (images - meta["pixel_mean_"]) / meta["pixel_scale_"]
    assert np.all(np.abs(standardised.mean(axis=(0, 1, 2))) < 0.6)
    deviation = standardised.std(axis=(0, 1, 2))
    assert np.all((deviation > 0.7) & (deviation < 1.5))


@pytest.mark.parametrize("value", [0, 200, 0.1, 1e6])
def test_a_channel_of_one_value_has_the_scale_1(value):
    preparer = ImagePreparer().fit(np.full((3, 4, 4), value))
    np.testing.assert_array_equal(preparer.pixel_scale_, [1.0])


def test_a_weight_of_2_counts_twice_and_0_not_at_all(pixels):
    weighted = ImagePreparer().fit(pixels, sample_weight=[2, 1, 0, 1, 1, 0])
    repeated = ImagePreparer().fit(pixels[[0, 0, 1, 3, 4]])
    for name, values in weighted.meta().items():
        np.testing.assert_allclose(values, repeated.meta()[name])


def test_weights_of_nothing_but_0_are_refused(pixels):
    with pytest.raises(ValueError, match="sample_weight must not be all zero"):
        ImagePreparer().fit(pixels, sample_weight=np.zeros(len(pixels)))


def test_a_fitted_preparer_pickles_and_a_clone_is_unfitted(pixels):
    preparer = ImagePreparer().fit(pixels)
    assert pickle.loads(pickle.dumps(preparer)).meta() == preparer.meta()
    with pytest.raises(NotFittedError):
        clone(preparer).transform(pixels)


# --- the scale of the pixels ----------------------------------------------------------

RNG = np.random.default_rng(1)
WHOLE = RNG.integers(0, 256, (5, 8, 8, 1)).astype(np.uint8)
SCALES = {
    "bytes": WHOLE,
    "whole floats": WHOLE.astype(float),
    "fractions": WHOLE / 255,
    "large fractions": WHOLE * 0.99,
    "small whole": WHOLE % 17,
    "masks": WHOLE > 127,
    "standardised": (WHOLE - WHOLE.mean()) / WHOLE.std(),
}
CERTAIN = [
    *[("fractions", each) for each in ("bytes", "whole floats", "small whole")],
    *[(each, "fractions") for each in ("bytes", "whole floats", "small whole")],
]
LIKELY = [
    ("fractions", "large fractions"),
    ("large fractions", "fractions"),
    ("masks", "bytes"),
    ("masks", "whole floats"),
    ("masks", "small whole"),
    ("masks", "large fractions"),
]


def fit_then_check(fitted, later):
    estimator = BaseEstimator()
    INPUT_KINDS["image"].check(estimator, fitted, reset=True)
    return INPUT_KINDS["image"].check(estimator, later, reset=False)


@pytest.mark.parametrize(("fitted", "later"), CERTAIN)
def test_pixels_of_another_scale_for_certain_are_refused(fitted, later):
    way_out = r"X / 255" if fitted == "fractions" else r"X \* 255"
    match = rf"pixels that are .* to .*, and fit saw .* to .*pass {way_out}"
    with pytest.raises(ValueError, match=match):
        fit_then_check(SCALES[fitted], SCALES[later])


@pytest.mark.parametrize(("fitted", "later"), LIKELY)
def test_pixels_that_look_as_if_of_another_scale_are_warned_of(fitted, later):
    with pytest.warns(UserWarning, match="and fit saw .* if these are two scales"):
        fit_then_check(SCALES[fitted], SCALES[later])


ALLOWED = {
    f"{fitted}, {later}": (SCALES[fitted], SCALES[later])
    for fitted in SCALES
    for later in SCALES
    if (fitted, later) not in [*CERTAIN, *LIKELY]
} | {
    "black": (WHOLE, np.zeros((1, 8, 8))),
    "white as fraction": (WHOLE / 255, np.ones((1, 8, 8))),
    "black and white": (WHOLE, np.eye(8)[None]),
    "black after large fractions": (WHOLE * 0.99, np.zeros((1, 8, 8))),
    "dark among others": (WHOLE, np.stack([WHOLE[0] * 1.0, WHOLE[0] / 255])),
    "a little more than 1": (WHOLE / 255, WHOLE / 240),
}


@pytest.mark.parametrize(("fitted", "later"), ALLOWED.values(), ids=ALLOWED)
def test_pixels_that_may_be_of_one_scale_are_taken_silently(fitted, later):
    fit_then_check(fitted, later)


def test_files_after_fractions_are_of_another_scale(files, pixels):
    with pytest.raises(ValueError, match=r"whole numbers from .* fractions from 0 to"):
        fit_then_check(pixels / 255, files)


# --- what is refused ------------------------------------------------------------------

WRONG = {
    "flat": (np.zeros((5, 784)), r"2 axes, shape=\(5, 784\).*reshape\(-1, height"),
    "channels first": (np.zeros((5, 3, 32, 32)), r"np\.moveaxis\(X, 1, -1\)"),
    "many channels": (
        np.zeros((5, 32, 32, 7)),
        r"7 channels.* 1 \(grey\) to 4.*axis\.",
    ),
    "empty": (np.zeros((0, 8, 8)), r"Found array with 0 sample"),
    "complex": (np.zeros((2, 8, 8), complex), "must be numbers; got .* complex128"),
    "texts": (np.full((2, 8, 8), "a"), "must be numbers; got .*U1"),
    "list of several shapes": (
        [np.zeros((8, 8)), np.zeros((8, 8)), np.zeros((8, 9))],
        r"Row 2 of X has the shape \(8, 9\), and row 0 has \(8, 8\)",
    ),
    "frame of columns": (pd.DataFrame({"a": ["a.png"], "b": [1]}), "of 2 columns"),
}


@pytest.mark.parametrize(("X", "match"), WRONG.values(), ids=WRONG)
def test_what_holds_no_images_is_refused(X, match):
    with pytest.raises(ValueError, match=match):
        check(X)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_pixels_that_are_not_finite_are_refused_with_their_row(value):
    X = np.zeros((5, 8, 8))
    X[3, 2, 1] = value
    with pytest.raises(ValueError, match=r"Row 3 of X has pixels that are NaN"):
        check(X)


def test_pixels_whose_sum_is_large_are_finite():
    X = np.full((4, 8, 8), 3e38)
    np.testing.assert_array_equal(check(X)[..., 0], X.astype(np.float32))


@pytest.mark.parametrize("shape", [(2, 9, 12, 1), (2, 12, 9, 3), (9, 12, 3)])
def test_images_of_another_shape_are_refused(shape, pixels):
    preparer = ImagePreparer().fit(pixels)
    with pytest.raises(ValueError, match=r"and fit saw \(9, 12, 3\): \(height, width"):
        preparer.transform(np.zeros(shape))


def test_files_are_refused_after_arrays_of_other_channels(files):
    preparer = ImagePreparer().fit(np.zeros((2, 9, 12, 4)))
    with pytest.raises(ValueError, match=r"fit saw arrays of 4 chan.*pass arrays"):
        preparer.transform(files)


def test_a_missing_file_is_named_with_its_row(files):
    with pytest.raises(
        FileNotFoundError, match=r"Row 1 of X: there is no file '.*gone"
    ):
        check([files[0], Path("gone.png"), files[1]])


@pytest.mark.parametrize("n_bytes", [0, 60, 200])
def test_a_broken_file_is_named_with_its_row(n_bytes, files):
    files[2].write_bytes(files[2].read_bytes()[:n_bytes])
    with pytest.raises(
        ValueError, match=r"Row 2 of X: '.*2\.png' cannot be read as an"
    ):
        check(files)


def test_a_row_without_a_path_is_named(files):
    with pytest.raises(ValueError, match="Row 1 of X is nan, and others are paths"):
        check([files[0], np.nan])
