"""What is read from a Keras model, how it is arranged, and what is drawn."""

from __future__ import annotations

import itertools

import keras
import numpy as np
import pytest
from keras import layers

from skautogen.report import plot_structure
from skautogen.report._layout import arrange
from skautogen.report._structure import Role, read_structure


def boxes(model):
    return [box.title for box in read_structure(model).boxes]


def branching():
    """Two inputs, a skip over two layers, and two outputs."""
    numbers, steps = keras.Input((4,)), keras.Input((12, 3))
    first = layers.Dense(8, "gelu")(numbers)
    second = layers.Dense(8)(layers.Dense(8)(first))
    merged = layers.Concatenate()([layers.Add()([first, second]), layers.GRU(5)(steps)])
    outputs = [layers.Dense(3, "softmax")(merged), layers.Dense(1)(merged)]
    return keras.Model([numbers, steps], outputs)


def test_layers_are_told_with_shapes_and_parameters():
    inputs = keras.Input((8, 8, 3))
    hidden = layers.Conv2D(16, 3, strides=2, activation="relu")(inputs)
    hidden = layers.MaxPooling2D(2)(hidden)
    outputs = layers.Dense(2, "softmax")(layers.GlobalAveragePooling2D()(hidden))
    model = keras.Model(inputs, outputs)
    found = read_structure(model).boxes
    assert [box.title for box in found] == [
        *("Input", "Conv2D", "MaxPooling2D", "GlobalAveragePooling2D", "Dense")
    ]
    conv = found[1]
    assert "16 filters" in " ".join(conv.lines)
    assert "stride 2" in " ".join(conv.lines)
    assert "relu" in " ".join(conv.lines)
    assert conv.n_params == 16 * (3 * 3 * 3 + 1)
    times = "\N{MULTIPLICATION SIGN}"
    assert conv.foot == f"3 {times} 3 {times} 16  ·  448 parameters"
    assert sum(box.n_params for box in found) == model.count_params()
    assert [box.role for box in found][:2] == [Role.INPUT, Role.CONVOLUTION]
    assert found[-1].role is Role.OUTPUT


def test_what_changes_no_axis_stands_in_the_box_before():
    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(8, use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("silu"),
            layers.Dropout(0.25),
            layers.Dense(1),
        ]
    )
    structure = read_structure(model)
    assert [box.title for box in structure.boxes] == ["Input", "Dense", "Dense"]
    dense = structure.boxes[1]
    told = ", ".join(dense.lines)
    assert told == "8 units, BatchNormalization, silu, Dropout 0.25"
    assert dense.n_params == 4 * 8 + 4 * 8
    assert structure.arrows == ((0, 1), (1, 2))


def test_dropout_of_nothing_is_not_told():
    inputs = keras.Input((4,))
    hidden = layers.Dropout(0.0)(layers.Dense(8)(inputs))
    model = keras.Model(inputs, layers.Dense(1)(hidden))
    assert read_structure(model).boxes[1].lines == ("8 units",)


def test_what_is_used_twice_is_not_joined():
    inputs = keras.Input((4,))
    dense = layers.Dense(8)(inputs)
    model = keras.Model(inputs, layers.Add()([dense, layers.ReLU()(dense)]))
    assert boxes(model) == ["Input", "Dense", "ReLU", "Add"]


def test_branches_keep_their_arrows():
    structure = read_structure(branching())
    title = dict(enumerate(box.title for box in structure.boxes))
    arrows = sorted((title[a], title[b]) for a, b in structure.arrows)
    assert arrows == sorted(
        [
            ("Input", "Dense"),
            ("Dense", "Dense"),
            ("Dense", "Dense"),
            ("Dense", "Add"),
            ("Dense", "Add"),
            ("Input", "GRU"),
            ("Add", "Concatenate"),
            ("GRU", "Concatenate"),
            ("Concatenate", "Dense"),
            ("Concatenate", "Dense"),
        ]
    )
    roles = [box.role for box in structure.boxes]
    assert (roles.count(Role.INPUT), roles.count(Role.OUTPUT)) == (2, 2)


def test_functions_of_keras_are_boxes_too():
    inputs = keras.Input((4,))
    model = keras.Model(inputs, keras.ops.relu(layers.Dense(4)(inputs) + inputs))
    structure = read_structure(model)
    assert [box.title for box in structure.boxes] == ["Input", "Dense", "Add", "Relu"]
    assert structure.arrows == ((0, 1), (0, 2), (1, 2), (2, 3))


def test_small_models_inside_are_shown_with_their_parts():
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="encoder")
    inputs = keras.Input((4,))
    model = keras.Model(inputs, layers.Add()([inner(inputs), inner(2 * inputs)]))
    found = [box for box in read_structure(model).boxes if box.role is Role.MODEL]
    assert found[0].title == "encoder (Sequential)"
    assert [box.title for box in found[0].inside.boxes] == ["Input", "Dense"]
    assert found[0].n_params == 15
    assert found[1].inside is None
    assert found[1].lines == ("the same weights again",)
    assert sum(box.n_params for box in found) == model.count_params()


def test_large_models_inside_are_one_box():
    inner = keras.Sequential(
        [keras.Input((4,)), *(layers.Dense(4) for _ in range(20))], name="deep"
    )
    inputs = keras.Input((4,))
    model = keras.Model(inputs, inner(inputs))
    box = read_structure(model).boxes[1]
    assert box.inside is None
    assert box.lines == ("20 layers, among them", "20 Dense")


def test_a_subclassed_model_has_its_layers_and_no_arrows(ax):
    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.first, self.second = layers.Dense(3), layers.Dense(1)

        def call(self, inputs):
            return self.second(self.first(inputs))

    model = Own()
    model(np.zeros((1, 4)))
    structure = read_structure(model)
    assert [box.n_params for box in structure.boxes] == [15, 4]
    assert structure.arrows == ()
    plot_structure(model, ax=ax)
    assert "unknown" in ax.get_title()


def test_layers_of_users_are_told_as_far_as_they_tell():
    class Silent(layers.Layer):
        def call(self, inputs):
            return inputs

        def get_config(self):
            raise NotImplementedError

    class Telling(layers.Layer):
        def call(self, inputs):
            return inputs

        def get_config(self):
            return {**super().get_config(), "strength": 0.5}

    inputs = keras.Input((4,))
    model = keras.Model(inputs, Telling()(Silent()(inputs)))
    found = read_structure(model).boxes
    assert [(box.title, box.lines) for box in found[1:]] == [
        ("Silent", ()),
        ("Telling", ("strength 0.5",)),
    ]


def test_wrappers_name_what_they_wrap():
    inputs = keras.Input((6, 2))
    model = keras.Model(inputs, layers.Bidirectional(layers.LSTM(5))(inputs))
    box = read_structure(model).boxes[1]
    assert box.title == "Bidirectional of LSTM"
    assert "5 units" in box.lines[0]


# Layouts


def overlaps(sizes, centres):
    """Pairs of boxes that cover each other."""
    spans = [
        (x - width / 2, x + width / 2, top - height, top)
        for (width, height), (x, top) in zip(sizes, centres, strict=True)
    ]
    return [
        (a, b)
        for a, b in itertools.combinations(range(len(spans)), 2)
        if spans[a][0] < spans[b][1] - 1e-9
        and spans[b][0] < spans[a][1] - 1e-9
        and spans[a][2] < spans[b][3] - 1e-9
        and spans[b][2] < spans[a][3] - 1e-9
    ]


@pytest.mark.parametrize("seed", range(8))
def test_boxes_never_overlap_and_arrows_go_down_around_them(seed):
    rng = np.random.default_rng(seed)
    n = 14
    sizes = [tuple(each) for each in rng.uniform(0.3, 2.0, size=(n, 2))]
    arrows = sorted(
        {(a, b) for a, b in itertools.combinations(range(n), 2) if rng.random() < 0.2}
    )
    layout = arrange(sizes, arrows)
    assert overlaps(sizes, layout.centres) == []
    for (a, b), route in zip(arrows, layout.routes, strict=True):
        x, top = layout.centres[a]
        assert route[0] == pytest.approx((x, top - sizes[a][1]))
        assert route[-1] == pytest.approx(layout.centres[b])
        assert all(here[1] >= there[1] for here, there in itertools.pairwise(route))
        for (x, y), (width, height) in zip(layout.centres, sizes, strict=True):
            for place in route[1:-1]:
                inside = abs(place[0] - x) < width / 2 and y - height < place[1] < y
                assert not inside
    edges = [
        (x, width / 2) for (x, _), (width, _) in zip(layout.centres, sizes, strict=True)
    ]
    assert min(x - half for x, half in edges) >= -1e-9
    assert max(x + half for x, half in edges) <= layout.width + 1e-9


def test_a_chain_is_a_straight_line_beside_its_skip():
    layout = arrange([(1.0, 0.5)] * 4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    x = [x for x, _ in layout.centres]
    assert np.ptp(x) < 0.2
    skip = layout.routes[3][1:-1]
    assert len({round(x, 6) for x, _ in skip}) == 1
    assert abs(skip[0][0] - x[1]) >= 0.5


# Pictures


def test_the_picture_has_every_box_and_arrow(ax):
    model = branching()
    plot_structure(model, ax=ax)
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("Dense") == 5
    assert "5 units, tanh" in texts
    assert ax.get_title() == f"Network of {model.count_params():,} parameters"
    from matplotlib.patches import FancyArrowPatch

    arrows = [each for each in ax.patches if isinstance(each, FancyArrowPatch)]
    assert len(arrows) == 10


def test_texts_stay_inside_their_boxes():
    import matplotlib.pyplot as plt
    from matplotlib.patches import FancyBboxPatch

    long_name = keras.Sequential(
        [keras.Input((4,)), layers.Dense(3)], name="a_name_that_goes_on_and_on_for_long"
    )
    inputs = keras.Input((4,))
    outputs = layers.GlobalAveragePooling1D()(layers.Reshape((3, 1))(long_name(inputs)))
    ax = plot_structure(keras.Model(inputs, outputs))
    try:
        ax.figure.canvas.draw()
        frames = [
            each.get_window_extent()
            for each in ax.patches
            if isinstance(each, FancyBboxPatch)
        ]
        for text in ax.texts:
            own = text.get_window_extent()
            assert any(
                frame.x0 <= own.x0 and own.x1 <= frame.x1 and frame.y0 <= own.y0
                for frame in frames
            ), text.get_text()
    finally:
        plt.close(ax.figure)


def test_on_given_axes_the_letters_are_made_smaller(ax):
    model = keras.Sequential([keras.Input((4,)), *(layers.Dense(4) for _ in range(20))])
    plot_structure(model, ax=ax)
    assert max(text.get_fontsize() for text in ax.texts) < 5


def test_names_are_no_formulas(ax):
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="pays_$1_$2")
    inputs = keras.Input((4,))
    plot_structure(keras.Model(inputs, inner(inputs)), ax=ax)
    ax.figure.canvas.draw()
    assert any(r"pays_\$1_\$2" in text.get_text() for text in ax.texts)
