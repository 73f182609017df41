"""Networks for images: they fit any size, keep cheap, and come back from files."""

from __future__ import annotations

import pickle

import keras
import numpy as np
import pytest

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.architectures import ARCHITECTURES
from skautogen.architectures._registry import AUTO
from skautogen.architectures.backbone import build_backbone
from skautogen.architectures.cnn import build_cnn
from skautogen.architectures.residual_cnn import build_residual_cnn
from skautogen.layers import OrientedGradients, RandomPlacement

SMALL = {"architecture": "cnn", "cv": 2, "n_iter": 1, "epochs": 4, "random_state": 0}
SPACE = {"filters": [8], "learning_rate": [0.01], "batch_size": [16]}

both = pytest.mark.parametrize("build", [build_cnn, build_residual_cnn])


def meta_of(shape, n_classes=3):
    n_channels = shape[-1]
    return {
        "X_shape_": (9, *shape),
        "target_type_": "multiclass",
        "n_classes_": n_classes,
        "n_outputs_": 1,
        "pixel_mean_": tuple(range(n_channels)),
        "pixel_scale_": (2.0,) * n_channels,
    }


@pytest.fixture
def bars():
    """Images of an upright or a level bar, at many places, as bytes."""
    rng = np.random.default_rng(0)
    X = rng.integers(0, 60, (80, 12, 12)).astype(np.uint8)
    y = np.arange(80) % 2
    for image, is_level, place in zip(X, y, rng.integers(2, 9, 80), strict=True):
        bar = np.s_[place : place + 2, 2:10]
        image[bar if is_level else bar[::-1]] = 220
    return X, y


# --- builders -------------------------------------------------------------------------


@both
@pytest.mark.parametrize(
    "shape", [(1, 1, 1), (8, 8, 1), (9, 70, 2), (28, 28, 3), (64, 64, 4), (224, 150, 3)]
)
def test_every_size_of_image_is_taken_and_ends_in_few_places(build, shape):
    model = build(meta_of(shape), filters=4)
    assert model.input_shape == (None, *shape)
    assert model.output_shape == (None, 3)
    flat = next(each for each in model.layers if isinstance(each, keras.layers.Flatten))
    assert max(flat.input.shape[1:3]) <= 8


@both
def test_large_images_cost_little_more_than_medium_ones(build):
    medium, large = (
        build(meta_of((side, side, 3))).count_params() for side in (64, 512)
    )
    assert large == medium


@both
@pytest.mark.parametrize("n_orientations", [0, 5])
def test_the_model_takes_raw_pixels(build, n_orientations):
    """Pixels twice as bright and twice as far apart are the same to a network that
    is told so."""
    meta = meta_of((10, 10, 1))
    scaled = {**meta, "pixel_mean_": (10.0,), "pixel_scale_": (20.0,)}
    meta = {**meta, "pixel_mean_": (5.0,), "pixel_scale_": (10.0,)}
    one = build(meta, filters=4, n_orientations=n_orientations)
    other = build(scaled, filters=4, n_orientations=n_orientations)
    other.set_weights(one.get_weights())
    X = np.random.default_rng(0).integers(0, 100, (3, 10, 10, 1)).astype("float32")
    np.testing.assert_allclose(one(X), other(2 * X), rtol=1e-4)


@both
def test_a_model_comes_back_from_a_file(build, tmp_path):
    model = build(meta_of((12, 12, 2)), filters=4, dropout=0.5, mirror=True, shift=0.1)
    model.save(tmp_path / "model.keras")
    X = np.random.default_rng(0).integers(0, 255, (3, 12, 12, 2)).astype("float32")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(X), model(X))


def test_a_backbone_takes_small_images():
    model = build_backbone(meta_of((8, 12, 1)))
    assert model.output_shape == (None, 3)


def test_an_unknown_backbone_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match=r"mean 'mobilenet_v3_small'\?"):
        build_backbone(meta_of((32, 32, 3)), backbone="mobilenet_v3_smal")


@pytest.mark.parametrize("name", ["cnn", "residual_cnn", "backbone"])
def test_portfolio_and_spaces_name_what_there_is(name):
    from skautogen.training import TrainingStrategy

    architecture = ARCHITECTURES[name]
    known = architecture.hyperparameters | TrainingStrategy.searched_names()
    assert {*architecture.space, *architecture.grid} <= known
    for each in architecture.portfolio:
        assert set(each) <= known


def test_images_with_and_without_mirror_are_tried_by_default():
    portfolio = ARCHITECTURES[AUTO["image"][0]].portfolio
    assert {each["mirror"] for each in portfolio} == {False, True}


# --- layers ---------------------------------------------------------------------------


def test_images_stay_as_they_are_outside_training():
    X = np.random.default_rng(0).normal(size=(4, 6, 7, 2)).astype("float32")
    np.testing.assert_array_equal(RandomPlacement(0.5, True)(X), X)


@pytest.mark.parametrize("mirror", [False, True])
def test_each_image_is_shifted_by_itself_and_its_edge_repeated(mirror):
    X = np.arange(2.0 * 6 * 10).reshape(2, 6, 10, 1).astype("float32")
    layer, seen = RandomPlacement(shift=0.2, mirror=mirror, seed=0), set()
    possible = {
        (down, right, turned): np.pad(image, ((1, 1), (2, 2), (0, 0)), "edge")[
            1 - down : 7 - down, 2 - right : 12 - right
        ]
        for turned in ({False, True} if mirror else {False})
        for image in [X[0][:, ::-1] if turned else X[0]]
        for down in (-1, 0, 1)
        for right in (-2, -1, 0, 1, 2)
    }
    for _ in range(60):
        placed = np.asarray(layer(X, training=True))[0]
        matching = [k for k, v in possible.items() if np.array_equal(v, placed)]
        assert matching
        seen.update(matching)
    assert {down for down, _, _ in seen} == {-1, 0, 1}
    assert {right for _, right, _ in seen} == {-2, -1, 0, 1, 2}
    assert {turned for *_, turned in seen} == ({False, True} if mirror else {False})


@pytest.mark.parametrize(("shift", "most"), [(0.0, 0), (0.01, 1), (0.1, 2)])
def test_a_shift_is_a_pixel_at_least_unless_it_is_0(shift, most):
    X = np.tile(np.arange(20.0), (50, 20, 1))[..., None].astype("float32")
    placed = np.asarray(RandomPlacement(shift=shift, seed=0)(X, training=True))
    assert np.abs(placed - X).max() == most


def gradients_in_loops(image, n_orientations):
    """Of one image of one channel, without pooling."""
    height, width = image.shape
    padded = np.pad(image, 1, mode="symmetric")
    across = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    slopes = np.zeros((height, width, n_orientations))
    for row in range(height):
        for column in range(width):
            around = padded[row : row + 3, column : column + 3]
            dx, dy = (around * across).sum(), (around * across.T).sum()
            for k in range(n_orientations):
                angle = 2 * np.pi * k / n_orientations
                slope = dx * np.cos(angle) + dy * np.sin(angle)
                slopes[row, column, k] = max(slope, 0)
    made = np.zeros_like(slopes)
    for row in range(height):
        for column in range(width):
            rows = slice(max(row - 1, 0), row + 2)
            columns = slice(max(column - 1, 0), column + 2)
            strength = slopes[rows, columns].mean()
            made[row, column] = np.sqrt(slopes[row, column] / (strength + 0.02) + 1e-3)
    return made


def test_oriented_gradients_are_those_of_a_plain_loop():
    image = np.random.default_rng(0).normal(size=(5, 7)).astype("float32")
    layer = OrientedGradients(n_orientations=6, pool_size=1)
    made = np.asarray(layer(image[None, :, :, None]))[0]
    np.testing.assert_allclose(made, gradients_in_loops(image, 6), rtol=1e-4, atol=1e-4)


def test_gradients_of_channels_are_those_of_their_mean():
    X = np.random.default_rng(0).normal(size=(2, 8, 8, 3)).astype("float32")
    layer = OrientedGradients()
    mean = X.mean(axis=-1, keepdims=True)
    np.testing.assert_allclose(layer(X), layer(mean), rtol=1e-3, atol=1e-4)


def test_sides_are_rounded_up_when_pooled():
    layer = OrientedGradients(n_orientations=4, pool_size=2)
    shape = (None, 7, 10, 3)
    assert layer.compute_output_shape(shape) == (None, 4, 5, 4)
    assert layer(np.zeros((1, 7, 10, 3), "float32")).shape == (1, 4, 5, 4)


# --- through the estimators -----------------------------------------------------------


def test_a_classifier_tells_bars_apart_however_rows_are_given(bars):
    X, y = bars
    fitted = AutoGenClassifier(**SMALL, param_space=SPACE).fit(X, y)
    assert fitted.input_kind_ == "image"
    assert (fitted.predict(X) == y).mean() > 0.9
    alone = np.concatenate([fitted.predict_proba(X[k : k + 1]) for k in range(3)])
    np.testing.assert_allclose(alone, fitted.predict_proba(X[:3]), atol=1e-5)
    best = fitted.best_estimator_
    np.testing.assert_array_equal(best.predict(X.tolist()), best.predict(X))
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict_proba(X), fitted.predict_proba(X))


def test_a_regressor_predicts_numbers_from_images(bars):
    X, _ = bars
    y = X.mean(axis=(1, 2))
    fitted = AutoGenRegressor(**{**SMALL, "ensemble_size": 0}, param_space=SPACE)
    assert fitted.fit(X, y).predict(X[:5]).shape == (5,)
