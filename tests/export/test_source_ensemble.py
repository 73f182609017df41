"""What a generated file says of the networks of an ensemble."""

import ast
from types import SimpleNamespace

import numpy as np
import pytest

from skautogen.export import CannotGenerateError
from skautogen.export.source._task import Task
from skautogen.export.source.ensemble import read_members, read_preparations
from skautogen.export.source.ensemble._folds import Folds
from skautogen.export.source.ensemble._members import Member
from skautogen.export.source.ensemble._table import Table
from skautogen.export.source.ensemble._training import _divide
from skautogen.export.source.ensemble._write import _settings_rows
from skautogen.inputs import TextPreparer
from skautogen.selection import FeatureSelector, KeepAll


def _member(prepare, select):
    pipeline = SimpleNamespace(steps=[("prepare", prepare), ("select", select)])
    return Member(pipeline, 0.5, 0, 0)


def test_columns_that_are_equal_are_one():
    table = Table()
    assert table.add("units", {0: "8", 1: "16"}) == "settings.units"
    assert table.add("units", {0: "8", 1: "16"}) == "settings.units"
    assert table.add("units", {0: "4", 1: "16"}) == "settings.units_2"
    # Of another function: networks that are in no column yet.
    assert table.add("units", {2: "32", 3: "64"}) == "settings.units"
    assert table.row(1) == {"units": "16", "units_2": "16"}
    assert table.row(2) == {"units": "32"}


def _rows(candidates, folds, scales, names):
    members = [Member(None, 0.1, *each) for each in zip(candidates, folds, strict=True)]
    table = Table()
    table.add("scale", dict(enumerate(scales)))
    rows = _settings_rows(members, names, table).code
    networks = ast.parse(rows).body[0].value.elts
    return [
        {each.arg: ast.unparse(each.value) for each in row.keywords} for row in networks
    ]


def test_rows_are_in_the_order_of_the_networks():
    """In which their weights are written."""
    names = ["build_model"] * 4
    rows = _rows([0, 0, 0, 0], [0, 1, 2, None], ["1", "2", "1", "1"], names)
    assert [row.get("folds") for row in rows] == ["[0]", "[1]", "[2]", None]
    assert [row["scale"] for row in rows] == ["1", "2", "1", "1"]
    rows = _rows([0, 0, 0, 0], [0, 1, 2, None], ["1", "1", "1", "1"], names)
    assert [row.get("folds") for row in rows] == ["FOLDS", None]


def test_folds_of_two_structures_are_rows_of_their_own():
    names = ["build_a", "build_b", "build_a", "build_a"]
    rows = _rows([0, 0, 0, 0], [0, 1, 2, None], ["1"] * 4, names)
    assert [row["build"] for row in rows] == names
    assert [row.get("folds") for row in rows] == ["[0]", "[1]", "[2]", None]


def test_a_seed_that_differs_is_a_setting_and_a_constant():
    table = Table()
    constants, terms = _divide([{"SEED": 1}, {"SEED": 2}], table)
    assert (constants, terms) == ({"SEED": 1}, {"SEED": "settings.seed"})
    assert [table.row(place) for place in (0, 1)] == [{"seed": "1"}, {"seed": "2"}]


@pytest.mark.parametrize(
    ("number", "share", "splitter"),
    [
        (5, 0.8, ("StratifiedKFold", ["N_FOLDS", "shuffle=True"])),
        (5, 0.4, ("StratifiedShuffleSplit", ["N_FOLDS", "train_size=0.4"])),
        (1, 0.75, ("StratifiedShuffleSplit", ["N_FOLDS", "train_size=0.75"])),
    ],
)
def test_folds_are_of_the_size_that_they_were(number, share, splitter):
    assert Folds(number, share).splitter(stratifies=True) == splitter


def test_one_network_that_answers_alone():
    with pytest.raises(CannotGenerateError, match="best_estimator_ answers alone"):
        read_members(SimpleNamespace(ensemble_=None))


def test_features_that_are_selected_on_each_fold():
    X = np.random.default_rng(0).normal(size=(30, 3))
    select = FeatureSelector("kbest", n_features=2).fit(X, np.arange(30) % 2)
    with pytest.raises(CannotGenerateError, match="features that were selected"):
        read_preparations("table", [_member(None, select)], Task([0, 1]))


def test_texts_that_are_prepared_in_two_ways():
    texts = ["a good film", "a bad film", "good", "bad"] * 5
    members = [
        _member(TextPreparer(representation=name).fit(texts, [0, 1] * 10), KeepAll())
        for name in ("ngrams", "tokens")
    ]
    with pytest.raises(CannotGenerateError, match="differ in MOST_STEPS, MOST_T"):
        read_preparations("text", members, Task([0, 1]))
