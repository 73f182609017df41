"""Architectures whose structure is searched: whatever is drawn becomes a network."""

import keras
import numpy as np
import pytest

from skautogen.architectures import ARCHITECTURES
from skautogen.architectures._registry import AUTO_OF_STRUCTURES

TARGETS = {"target_type_": "multiclass", "n_classes_": 3}
# What each kind of input tells its builders, and some prepared rows.
METAS = {
    "table": {"n_features_in_": 4, "n_numeric_": 3},
    "image": {
        "X_shape_": (9, 10, 13, 2),
        "pixel_mean_": (0.0,) * 2,
        "pixel_scale_": (2.0,) * 2,
    },
    "sequence": {"X_shape_": (9, 11, 4)},
    "audio": {"X_shape_": (9, 20, 12)},
    "text": {"n_terms_": 50},
}
RNG = np.random.default_rng(0)
ROWS = {
    "table": RNG.normal(size=(3, 4)),
    "image": RNG.integers(0, 9, (3, 10, 13, 2)),
    "sequence": np.concatenate([RNG.normal(size=(3, 11, 3)), np.ones((3, 11, 1))], -1),
    "audio": RNG.normal(size=(3, 20, 12)),
    "text": np.stack([RNG.integers(0, 50, (3, 7)), RNG.uniform(size=(3, 7))], 1),
}
KINDS = sorted(METAS)


def _architecture(kind):
    (name,) = AUTO_OF_STRUCTURES[kind]
    return ARCHITECTURES[name]


def _build(kind, structure):
    return _architecture(kind)({**METAS[kind], **TARGETS}, structure=structure)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_drawn_answers_each_row(kind):
    space = _architecture(kind).space["structure"]
    for seed in range(6):
        model = _build(kind, space.rvs(seed))
        answer = keras.ops.convert_to_numpy(model(ROWS[kind].astype("float32")))
        assert answer.shape == (3, 3)
        np.testing.assert_allclose(answer.sum(axis=1), 1.0, rtol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_block_can_be_saved_and_read(kind, tmp_path):
    space = _architecture(kind).space["structure"]
    rng = np.random.RandomState(0)
    structure = space.rvs(rng)
    blocks = tuple(each.draw(rng) for each in space.kinds.values())
    model = _build(kind, type(structure)(structure.stem, blocks))
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    X = ROWS[kind].astype("float32")
    np.testing.assert_allclose(again(X), model(X), rtol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_begins_in_the_space(kind):
    architecture = _architecture(kind)
    for each in (architecture, architecture.for_regression()):
        for candidate in each.portfolio:
            assert candidate["structure"] in each.space["structure"]
            assert set(candidate) <= set(each.space) | {"optimizer", "schedule"}


def test_what_is_padded_changes_nothing():
    space = _architecture("sequence").space["structure"]
    short = ROWS["sequence"].astype("float32")
    padded = np.concatenate([short, np.zeros((3, 5, 4), "float32")], axis=1)
    for seed in range(4):
        model = _build("sequence", space.rvs(seed))
        np.testing.assert_allclose(model(short), model(padded), rtol=1e-4, atol=1e-5)


def test_skips_add_what_goes_in():
    layers = [
        type(layer).__name__
        for layer in _build("image", _with_skip("image", True)).layers
    ]
    assert "Add" in layers
    layers = [
        type(layer).__name__
        for layer in _build("image", _with_skip("image", False)).layers
    ]
    assert "Add" not in layers


def _with_skip(kind, skip):
    space = _architecture(kind).space["structure"]
    structure = space.rvs(0)
    block = space.kinds["convolution"].draw(np.random.RandomState(0))
    return type(structure)(structure.stem, (block.with_setting("skip", skip),))
