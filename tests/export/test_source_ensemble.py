"""What a generated file says of the networks of an ensemble."""

from types import SimpleNamespace

import numpy as np
import pytest

from skautogen.export import CannotGenerateError
from skautogen.export.source._task import Task
from skautogen.export.source.ensemble import read_members, read_preparations
from skautogen.export.source.ensemble._folds import Folds
from skautogen.export.source.ensemble._members import Member
from skautogen.export.source.ensemble._table import Table
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
